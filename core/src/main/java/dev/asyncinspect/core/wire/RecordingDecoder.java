package dev.asyncinspect.core.wire;

import dev.asyncinspect.core.event.EventLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Turns frames about recording back into messages. */
final class RecordingDecoder {

    private RecordingDecoder() {}

    /** The message of a frame; null if its type is none of ours. */
    static @Nullable RecordingMessage decode(int type, WireSlice body) throws WireException {
        return switch (type) {
            case WireLayout.RECORD -> control(body);
            case WireLayout.ASK_STATE -> new RecordingMessage.AskState();
            case WireLayout.TAKE_EVENTS -> takeEvents(body);
            case WireLayout.STATE ->
                new RecordingMessage.State(
                        body.octet() != 0,
                        body.unsigned(),
                        body.unsigned(),
                        body.text(WireLayout.MAX_TEXT_CHARS),
                        body.isAtEnd() ? 0 : body.unsigned(),
                        body.isAtEnd() ? "" : body.text(WireLayout.MAX_TEXT_CHARS));
            case WireLayout.HOOK ->
                new RecordingMessage.HookLine(
                        body.text(WireLayout.MAX_SYMBOL_CHARS),
                        body.text(WireLayout.MAX_TEXT_CHARS),
                        body.text(WireLayout.MAX_SYMBOL_CHARS),
                        body.text(WireLayout.MAX_TEXT_CHARS),
                        body.int32(),
                        body.unsigned());
            case WireLayout.EVENT_SYMBOL ->
                new RecordingMessage.SymbolText(body.int32(), body.text(WireLayout.MAX_SYMBOL_CHARS));
            case WireLayout.EVENTS -> events(body);
            case WireLayout.EVENTS_END ->
                new RecordingMessage.EventsEnd(body.unsigned(), body.unsigned(), body.unsigned());
            default -> null;
        };
    }

    private static RecordingMessage control(WireSlice body) throws WireException {
        int bits = body.octet();
        return new RecordingMessage.Control(
                (bits & WireLayout.RECORD_ON) != 0,
                (bits & WireLayout.RECORD_SITES) != 0,
                (bits & WireLayout.RECORD_LOCKS) != 0,
                (bits & WireLayout.RECORD_CONTEXT) != 0,
                body.isAtEnd() ? "" : body.text(WireLayout.MAX_SETTINGS_CHARS));
    }

    private static RecordingMessage takeEvents(WireSlice body) throws WireException {
        long from = body.unsigned();
        int max = body.int32();
        try {
            return new RecordingMessage.TakeEvents(from, max);
        } catch (IllegalArgumentException e) {
            WireException refusal = new WireException(String.valueOf(e.getMessage()));
            refusal.initCause(e);
            throw refusal;
        }
    }

    /** The events of one frame. */
    private static RecordingMessage.Events events(WireSlice body) throws WireException {
        long[] words = new long[WireLayout.MAX_EVENTS_PER_FRAME * EventLayout.WORDS];
        int length = 0;
        long nanos = 0;
        while (!body.isAtEnd()) {
            if (length == words.length) {
                throw new WireException("more than " + WireLayout.MAX_EVENTS_PER_FRAME + " events in one frame");
            }
            words[length] = body.fixed64();
            nanos += body.signed();
            words[length + 1] = nanos;
            words[length + 2] = body.unsigned();
            words[length + 3] = body.signed();
            length += EventLayout.WORDS;
        }
        return new RecordingMessage.Events(Arrays.copyOf(words, length));
    }
}
