package dev.asyncinspect.model;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.event.EventDecoder;
import dev.asyncinspect.core.event.EventEncoder;
import dev.asyncinspect.core.event.EventHandler;
import dev.asyncinspect.core.event.EventLayout;
import dev.asyncinspect.core.event.Symbols;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Events told in milliseconds: {@code film.at(10).created("a").runs("a", 5)}. Tasks get their ids when they are named first. */
public final class Film implements Symbols {

    public static final long MILLI = 1_000_000;
    private static final long CLOCK = 77_000_000_000L;

    private final List<String> texts = new ArrayList<>(List.of("", OVERFLOW_TEXT));
    private final Map<String, Long> tasks = new HashMap<>();
    private final Map<String, Long> resources = new HashMap<>();
    private final List<long[]> told = new ArrayList<>();
    private final EventHandler builder = new EventEncoder() {
        @Override
        public void slot(long head, long nanos, long taskId, long argument) {
            told.add(new long[] {head, nanos, taskId, argument});
        }
    };
    private long nanos = CLOCK;

    @Override
    public String text(int symbol) {
        return symbol > 0 && symbol < texts.size() ? texts.get(symbol) : null;
    }

    public int symbol(String text) {
        if (!texts.contains(text)) {
            texts.add(text);
        }
        return texts.indexOf(text);
    }

    public long id(String task) {
        return tasks.computeIfAbsent(task, name -> EventLayout.FIRST_TASK_ID + tasks.size());
    }

    public long resource(String name) {
        return resources.computeIfAbsent(name, n -> resources.size() + 1L);
    }

    public EventHandler events() {
        return builder;
    }

    public long now() {
        return nanos;
    }

    public Film at(long millis) {
        nanos = CLOCK + millis * MILLI;
        return this;
    }

    public Film clock(long epochMillis) {
        builder.clock(nanos, epochMillis * MILLI);
        return this;
    }

    public Film created(String task, String parent) {
        return created(task, parent, EventCodes.EXECUTOR_TASK, "shop.Main.go(Main.java:7)");
    }

    public Film created(String task, String parent, int kind, String site) {
        builder.created(nanos, id(task), kind, symbol(site), parent.isEmpty() ? 0 : id(parent));
        builder.named(nanos, id(task), symbol(task), 0);
        return this;
    }

    /** A thread, which has its own number as its id. */
    public Film thread(String name, long threadId) {
        tasks.put(name, threadId);
        builder.created(nanos, threadId, EventCodes.PLATFORM_THREAD, 0, 0);
        builder.named(nanos, threadId, symbol(name), threadId);
        return this;
    }

    /** A thread that another one made. */
    public Film thread(String name, long threadId, int kind, String maker) {
        tasks.put(name, threadId);
        builder.created(nanos, threadId, kind, symbol("shop.Main.go(Main.java:7)"), id(maker));
        return this;
    }

    /** A task changes the logging context of the thread that it runs on; an empty key is none. */
    public Film context(String task, int how, String key, long thread) {
        builder.linked(nanos, id(task), how, key.isEmpty() ? 0 : symbol(key), thread);
        return this;
    }

    /** A scoped value, by its hash, was bound where the task was created. */
    public Film bound(String task, long hash) {
        builder.linked(nanos, id(task), EventCodes.SCOPED_BOUND, 0, hash);
        return this;
    }

    /** Somebody on the thread reads a scoped value that is not bound; an empty name is none. */
    public Film findsUnbound(long thread, long hash, String name) {
        builder.linked(nanos, thread, EventCodes.SCOPED_UNBOUND, name.isEmpty() ? 0 : symbol(name), hash);
        return this;
    }

    public Film submitted(String task) {
        builder.woken(nanos, id(task), EventCodes.SUBMITTED, 0);
        return this;
    }

    public Film woken(String task, String by) {
        builder.woken(nanos, id(task), EventCodes.UNPARK, id(by));
        return this;
    }

    public Film starts(String task, long thread) {
        builder.pollStart(nanos, id(task), thread);
        return this;
    }

    public Film stops(String task, long thread) {
        builder.pollEnd(nanos, id(task), EventCodes.PARK, 0, thread);
        return this;
    }

    public Film waits(String task, String label, String resource) {
        builder.awaitStart(
                nanos,
                id(task),
                EventCodes.AWAIT_ENDS_POLL,
                symbol(label),
                resource.isEmpty() ? 0 : resource(resource));
        return this;
    }

    /** Waits and keeps its carrier. */
    public Film waitsPinned(String task, String label) {
        builder.awaitStart(nanos, id(task), EventCodes.AWAIT_ENDS_POLL | EventCodes.AWAIT_PINNED, symbol(label), 0);
        return this;
    }

    /** Waits without giving up its thread. */
    public Film waitsRunning(String task, String label, String resource) {
        builder.awaitStart(nanos, id(task), 0, symbol(label), resource(resource));
        return this;
    }

    public Film links(String task, int how, String other) {
        builder.linked(nanos, id(task), how, 0, id(other));
        return this;
    }

    /** The task is in the hands of a pool. */
    public Film runBy(String task, String pool) {
        builder.linked(nanos, id(task), EventCodes.RUN_BY, 0, resource(pool));
        return this;
    }

    /** The task is in the hands of a ForkJoinPool. */
    public Film forkedIn(String task, String pool) {
        builder.linked(nanos, id(task), EventCodes.RUN_BY, symbol("stands in for who joins"), resource(pool));
        return this;
    }

    /** The end of the task, a thread, completes a future. */
    public Film completes(String thread, String future) {
        builder.linked(nanos, id(thread), EventCodes.COMPLETES, 0, resource(future));
        return this;
    }

    /** The task needs one of several others. */
    public Film needsOneOf(String task, String other) {
        builder.linked(nanos, id(task), EventCodes.DERIVED_FROM, symbol("either"), id(other));
        return this;
    }

    public Film goesOn(String task, String resource) {
        builder.awaitEnd(nanos, id(task), EventCodes.AWAIT_GOT, resource.isEmpty() ? 0 : resource(resource));
        return this;
    }

    public Film ends(String task) {
        builder.ended(nanos, id(task), EventCodes.COMPLETED, 0);
        return this;
    }

    public Film fails(String task, String throwable) {
        builder.ended(nanos, id(task), EventCodes.FAILED, symbol(throwable));
        return this;
    }

    public Film is(String resource, int kind, int capacity) {
        builder.resource(nanos, kind, capacity, symbol(resource), resource(resource));
        return this;
    }

    public Film takes(String task, String resource, int mode, String site) {
        builder.acquired(nanos, id(task), mode, 1, symbol(site), resource(resource));
        return this;
    }

    public Film gives(String task, String resource, int mode) {
        builder.released(nanos, id(task), mode, 1, 0, resource(resource));
        return this;
    }

    public Film drops(long events) {
        builder.dropped(nanos, EventCodes.BUFFER_FULL, events);
        return this;
    }

    public Recording recording() {
        return made(new RecordingBuilder(this));
    }

    /** The same in numbers. */
    public RecordingTotals totals(boolean detailed) {
        return made(new TotalsBuilder(this, detailed));
    }

    private <R> R made(EventFold<R> whole) {
        Source source = new Source(Source.Distance.RECORDING, "film", ThreadAttributes.NONE, null);
        told.forEach(slot -> EventDecoder.decode(slot[0], slot[1], slot[2], slot[3], whole));
        return whole.build(source, List.of(), false);
    }

    public TaskHistory history(String task) {
        TaskHistory history = recording().task(id(task));
        if (history == null) {
            throw new AssertionError("nothing was recorded of " + task);
        }
        return history;
    }

    /** {@code PENDING 0-5, RUNNING 5-7}, in milliseconds. */
    public String segments(String task) {
        List<String> told = new ArrayList<>();
        for (Segment segment : history(task).segments()) {
            told.add(segment.state() + " " + segment.fromNanos() / MILLI + "-" + segment.toNanos() / MILLI);
        }
        return String.join(", ", told);
    }
}
