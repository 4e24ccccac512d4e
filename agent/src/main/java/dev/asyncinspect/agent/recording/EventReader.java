package dev.asyncinspect.agent.recording;

import dev.asyncinspect.core.event.EventLayout;
import dev.asyncinspect.core.event.Symbols;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.core.wire.RecordingMessage;
import java.io.IOException;

/** Reads recorded events for one client: first the texts it does not know yet, then the events. */
public final class EventReader {

    private final Recorder recorder;
    private final EventStore store;
    private int told = Symbols.OVERFLOW;

    EventReader(Recorder recorder, EventStore store) {
        this.recorder = recorder;
        this.store = store;
    }

    /** Takes messages. */
    public interface Sink {
        void accept(RecordingMessage message) throws IOException;
    }

    boolean isOf(EventStore other) {
        return store == other;
    }

    /** Answers one order. */
    public void answer(RecordingMessage.TakeEvents order, Sink sink) throws IOException {
        long from = store.available(order.from());
        long[] words = store.read(from, order.max());
        // After the events: a symbol in them was given out before.
        int end = recorder.symbols().end();
        for (int symbol = told; symbol < end; symbol++) {
            String text = recorder.symbols().text(symbol);
            if (text != null) {
                sink.accept(new RecordingMessage.SymbolText(symbol, text));
            }
        }
        told = Math.max(told, end);
        sink.accept(new RecordingMessage.Events(words));
        long missed = order.from() > 0 && from > order.from() ? from - order.from() : 0;
        sink.accept(
                new RecordingMessage.EventsEnd(from + words.length / EventLayout.WORDS, missed, recorder.dropped()));
    }
}
