package dev.asyncinspect.model;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.event.EventHandler;
import dev.asyncinspect.core.event.Symbols;
import dev.asyncinspect.model.RecordedEvent.Kind;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes a {@link RecordedEvent} of each event. */
public final class EventTexts implements EventHandler {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Symbols symbols;
    private final Consumer<? super RecordedEvent> to;
    private boolean begun;
    private long firstNanos;

    /**
     * For one recording.
     *
     * @param symbols the texts of the events
     * @param to gets every event
     */
    public EventTexts(Symbols symbols, Consumer<? super RecordedEvent> to) {
        this.symbols = symbols;
        this.to = to;
    }

    @Override
    public void created(long nanos, long taskId, int kind, int site, long parentId) {
        String what =
                TaskKind.valueOf(dev.asyncinspect.core.TaskKind.of(kind).name()).label();
        tell(
                nanos,
                Kind.CREATED,
                taskId,
                parentId,
                join(what, created(site), parentId == 0 ? "" : "by " + TaskNumber.text(parentId)));
    }

    @Override
    public void named(long nanos, long taskId, int name, long runtimeId) {
        tell(nanos, Kind.NAMED, taskId, 0, join(text(name), runtimeId == 0 ? "" : "runtime id " + runtimeId));
    }

    @Override
    public void pollStart(long nanos, long taskId, long threadId) {
        tell(nanos, Kind.POLL_START, taskId, threadId, threadId == 0 ? "" : "on thread #" + threadId);
    }

    @Override
    public void pollEnd(long nanos, long taskId, int reason, int label, long threadId) {
        String why = switch (reason) {
            case EventCodes.PARK -> "parked";
            case EventCodes.TIMED_PARK -> "parked with a timeout";
            case EventCodes.YIELD -> "gave way";
            case EventCodes.BLOCK -> "wants a monitor";
            case EventCodes.WAIT -> "Object.wait";
            case EventCodes.TIMED_WAIT -> "Object.wait with a timeout";
            case EventCodes.RETURN -> "returned or threw";
            default -> "";
        };
        tell(nanos, Kind.POLL_END, taskId, threadId, join(why, at(label)));
    }

    @Override
    public void awaitStart(long nanos, long taskId, int flags, int label, long resourceId) {
        boolean timed = (flags & EventCodes.AWAIT_TIMED) != 0;
        tell(
                nanos,
                Kind.AWAIT_START,
                taskId,
                resourceId,
                join(
                        at(label),
                        of(resourceId),
                        timed ? "with a timeout" : "",
                        (flags & EventCodes.AWAIT_PINNED) != 0 ? "pinned" : ""));
    }

    @Override
    public void awaitEnd(long nanos, long taskId, int how, long resourceId) {
        String ended = switch (how) {
            case EventCodes.AWAIT_GOT -> "got it";
            case EventCodes.AWAIT_TIMED_OUT -> "timed out";
            case EventCodes.AWAIT_THREW -> "threw";
            default -> "";
        };
        tell(nanos, Kind.AWAIT_END, taskId, resourceId, join(ended, of(resourceId)));
    }

    @Override
    public void woken(long nanos, long taskId, int how, long wakerId) {
        String by = wakerId == 0 ? "" : "by " + TaskNumber.text(wakerId);
        tell(nanos, Kind.WOKEN, taskId, wakerId, join(Codes.wake(how).label(), by));
    }

    @Override
    public void ended(long nanos, long taskId, int outcome, int throwable) {
        String how = switch (outcome) {
            case EventCodes.COMPLETED -> "completed";
            case EventCodes.FAILED -> "failed";
            case EventCodes.CANCELLED -> "cancelled";
            default -> "";
        };
        tell(nanos, Kind.ENDED, taskId, 0, join(how, text(throwable)));
    }

    @Override
    public void acquired(long nanos, long taskId, int mode, int permits, int site, long resourceId) {
        tell(
                nanos,
                Kind.ACQUIRED,
                taskId,
                resourceId,
                join(of(resourceId), held(mode, permits), tried(mode), at(site)));
    }

    @Override
    public void released(long nanos, long taskId, int mode, int permits, int site, long resourceId) {
        tell(nanos, Kind.RELEASED, taskId, resourceId, join(of(resourceId), held(mode, permits), at(site)));
    }

    @Override
    public void point(long nanos, long taskId, int label, long message) {
        tell(nanos, Kind.POINT, taskId, 0, join(text(label), text((int) message)));
    }

    @Override
    public void linked(long nanos, long taskId, int how, int label, long otherId) {
        tell(
                nanos,
                Kind.LINKED,
                taskId,
                otherId,
                join(Codes.link(how).label() + " " + other(Codes.link(how), otherId), text(label)));
    }

    private String other(TaskLink.How how, long otherId) {
        if (how.isScoped()) {
            return ScopedTracks.name(otherId);
        }
        return how.isToResource() ? of(otherId) : TaskNumber.text(otherId);
    }

    @Override
    public void resource(long nanos, int kind, int capacity, int name, long resourceId) {
        String what = Codes.resource(kind).label();
        tell(nanos, Kind.RESOURCE, 0, resourceId, join(what, text(name), capacity == 0 ? "" : "capacity " + capacity));
    }

    @Override
    public void dropped(long nanos, int why, long events) {
        if (EventCodes.isWished(why)) {
            tell(nanos, Kind.DROPPED, 0, 0, leftOut(why, events));
            return;
        }
        String reason = switch (why) {
            case EventCodes.BUFFER_FULL -> "the buffer was full";
            case EventCodes.EVICTED -> "older ones made room";
            case EventCodes.SLOW_READER -> "a slow reader did not take them";
            default -> "";
        };
        String none =
                why == EventCodes.BUFFER_FULL ? "they may be of tasks from before this" : "what was before is not here";
        tell(
                nanos,
                Kind.DROPPED,
                0,
                0,
                events == 0
                        ? none
                        : join(String.format(Locale.ROOT, "%,d event%s", events, events == 1 ? "" : "s"), reason));
    }

    private static String leftOut(int why, long tasks) {
        return why == EventCodes.AWAITS_UNTOLD
                ? "as wished, it is not told at what tasks wait"
                : String.format(Locale.ROOT, "as wished, %,d task%s not followed", tasks, tasks == 1 ? "" : "s");
    }

    @Override
    public void clock(long nanos, long epochNanos) {
        Instant time = Instant.ofEpochSecond(
                Math.floorDiv(epochNanos, NANOS_PER_SECOND), Math.floorMod(epochNanos, NANOS_PER_SECOND));
        tell(nanos, Kind.CLOCK, 0, 0, time.toString());
    }

    private void tell(long nanos, Kind kind, long taskId, long otherId, String text) {
        if (!begun) {
            begun = true;
            firstNanos = nanos;
        }
        to.accept(new RecordedEvent(nanos - firstNanos, kind, taskId, otherId, text));
    }

    private String text(int symbol) {
        @Nullable String text = symbols.text(symbol);
        return text == null ? "" : text;
    }

    /** A place; of what was there when the recording began, the words for that, which are none. */
    private String created(int site) {
        String text = text(site);
        return text.startsWith("before ") ? "there " + text : at(site);
    }

    private String at(int symbol) {
        String text = text(symbol);
        return text.isEmpty() ? "" : "at " + text;
    }

    private static String of(long resourceId) {
        return resourceId == 0 ? "" : "Resource#" + resourceId;
    }

    private static String held(int mode, int permits) {
        return switch (mode & ~EventCodes.TRIED) {
            case EventCodes.SHARED -> "shared";
            case EventCodes.PERMITS -> String.format(Locale.ROOT, "%d permit%s", permits, permits == 1 ? "" : "s");
            case EventCodes.SIGNAL -> "as a signal";
            default -> "";
        };
    }

    private static String tried(int mode) {
        return (mode & EventCodes.TRIED) == 0 ? "" : "by tryLock";
    }

    private static String join(String... parts) {
        StringBuilder all = new StringBuilder();
        for (String part : parts) {
            if (!part.isEmpty()) {
                all.append(all.length() == 0 ? "" : ", ").append(part);
            }
        }
        return all.toString();
    }
}
