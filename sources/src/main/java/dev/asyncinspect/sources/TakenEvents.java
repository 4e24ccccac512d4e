package dev.asyncinspect.sources;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.event.EventDecoder;
import dev.asyncinspect.core.event.EventHandler;
import dev.asyncinspect.core.event.Symbols;
import dev.asyncinspect.core.wire.RecordingHandler;
import dev.asyncinspect.core.wire.RecordingMessage;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes the events that an agent keeps, page by page. */
final class TakenEvents implements RecordingHandler, Symbols {

    private static final int PAGE = 50_000;

    private final Map<Integer, String> texts = new HashMap<>();
    private final EventHandler to;
    private long next;
    private long early;
    private long lastNanos;
    private long unknown;
    private long taken;

    /**
     * Nothing taken yet.
     *
     * @param to gets every event
     */
    TakenEvents(Function<? super Symbols, ? extends EventHandler> to) {
        this.to = to.apply(this);
    }

    /** Takes what there is when this is called. */
    void take(AttachLink link) throws SourceException {
        long until = link.recording().events();
        boolean more = true;
        while (more && next < until) {
            long before = taken;
            RecordingMessage.EventsEnd end = link.events(next, PAGE, this);
            if (next == 0) {
                early = end.missed(); // what made room before we came is no hole in what we have
            } else if (end.missed() > 0) {
                to.dropped(lastNanos, EventCodes.SLOW_READER, end.missed());
            }
            next = end.next();
            more = taken > before;
        }
    }

    /** How many events had made room for newer ones before the first was taken. */
    long early() {
        return early;
    }

    /** How many events are of a kind that only a newer release knows. */
    long unknown() {
        return unknown;
    }

    @Override
    public void symbol(RecordingMessage.SymbolText symbol) {
        texts.put(symbol.symbol(), symbol.text());
    }

    @Override
    public void events(RecordingMessage.Events events) {
        events.handEachTo((head, nanos, taskId, argument) -> {
            lastNanos = nanos;
            taken++;
            if (!EventDecoder.decode(head, nanos, taskId, argument, to)) {
                unknown++;
            }
        });
    }

    @Override
    public @Nullable String text(int symbol) {
        return symbol == OVERFLOW ? OVERFLOW_TEXT : texts.get(symbol);
    }

    @Override
    public void control(RecordingMessage.Control order) {
        // orders go the other way
    }

    @Override
    public void askState(RecordingMessage.AskState order) {
        // orders go the other way
    }

    @Override
    public void takeEvents(RecordingMessage.TakeEvents order) {
        // orders go the other way
    }

    @Override
    public void state(RecordingMessage.State state) {
        // asked for separately
    }

    @Override
    public void hook(RecordingMessage.HookLine hook) {
        // asked for separately
    }

    @Override
    public void eventsEnd(RecordingMessage.EventsEnd end) {
        // the link returns it
    }
}
