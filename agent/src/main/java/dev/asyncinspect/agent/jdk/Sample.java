package dev.asyncinspect.agent.jdk;

import dev.asyncinspect.agent.rows.RowSink;
import dev.asyncinspect.core.rows.Relation;
import dev.asyncinspect.core.rows.Row;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One sample in the making: writes rows, and remembers which objects are still to be read. Dropped after the sample. */
final class Sample {

    private final RowSink sink;
    private final RefTable refs;
    private final int maxDepth;
    private final Set<Object> met = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> unread = new ArrayDeque<>();
    private final Map<List<StackTraceElement>, Integer> stackIds = new HashMap<>();
    private final IdentityHashMap<Object, List<Thread>> workers = new IdentityHashMap<>();
    private final IdentityHashMap<Object, List<Object>> backlogs = new IdentityHashMap<>();

    /** What threads park at that wait for room in a queue. */
    private final Set<Object> rooms = Collections.newSetFromMap(new IdentityHashMap<>());

    Sample(RowSink sink, RefTable refs, int maxDepth) {
        this.sink = sink;
        this.refs = refs;
        this.maxDepth = maxDepth;
    }

    /** The number of this object, which will be read in this sample; 0 for none. */
    int ref(@Nullable Object object) {
        if (object == null) {
            return 0;
        }
        int ref = refs.of(object);
        if (met.add(object)) {
            sink.accept(new Row.ObjectSeen(ref, object.getClass().getName()));
            unread.add(object);
        }
        return ref;
    }

    /** Whether this object was met in this sample, as the blocker of a thread for instance. */
    boolean hasMet(@Nullable Object object) {
        return object != null && met.contains(object);
    }

    /** The next object to read, null once all were. */
    @Nullable
    Object next() {
        return unread.poll();
    }

    /** The number of this stack within the sample. */
    int stack(StackTraceElement[] frames) {
        if (frames.length == 0) {
            return 0;
        }
        List<StackTraceElement> stack =
                Arrays.asList(frames.length > maxDepth ? Arrays.copyOf(frames, maxDepth) : frames);
        Integer known = stackIds.get(stack);
        if (known == null) {
            known = stackIds.size() + 1;
            stackIds.put(stack, known);
            sink.accept(new Row.Stack(known, stack));
        }
        return known;
    }

    void thread(Row.ThreadSeen row) {
        sink.accept(row);
    }

    /** A thread that has ended and still matters. Its name is a field of {@code Thread}: to ask for it runs no code of others. */
    void ended(Thread thread, long threadId, boolean virtual) {
        sink.accept(new Row.ThreadSeen(
                threadId, thread.getName(), virtual, thread.isDaemon(), Thread.State.TERMINATED.name(), 0, 0, 0, 0));
    }

    void number(Object of, String relation, long value) {
        sink.accept(new Row.NumberOf(ref(of), relation, value));
    }

    void text(Object of, String relation, String value) {
        sink.accept(new Row.TextOf(ref(of), relation, value));
    }

    void link(Object from, String relation, @Nullable Object to) {
        if (to != null) {
            sink.accept(new Row.ObjectLink(ref(from), relation, ref(to)));
        }
    }

    void threadLink(Object from, String relation, long threadId) {
        if (threadId != 0) {
            sink.accept(new Row.ThreadLink(ref(from), relation, threadId));
        }
    }

    /** A thread, of this number, that works for this pool. */
    void worker(Object pool, Thread thread, long threadId) {
        threadLink(pool, Relation.WORKER, threadId);
        workers.computeIfAbsent(pool, p -> new ArrayList<>()).add(thread);
    }

    /** What lies in the queue of a pool. */
    void queued(Object pool, List<Object> works) {
        number(pool, Relation.SIZE, works.size());
        works.forEach(work -> link(pool, Relation.QUEUED, work));
        if (!works.isEmpty()) {
            backlogs.put(pool, works);
        }
    }

    /** For each pool with queued work all its workers and the work. */
    void backlogs(BiConsumer<List<Thread>, List<Object>> each) {
        backlogs.forEach((pool, works) -> each.accept(workers.getOrDefault(pool, List.of()), works));
    }

    /** Somebody parks at this for room in a queue. */
    void awaitsRoom(Object signal) {
        rooms.add(signal);
    }

    /** Whether somebody waits for room in a queue. */
    boolean hasRooms() {
        return !rooms.isEmpty();
    }

    /** Whether somebody parks at this for room in a queue. */
    boolean isRoom(@Nullable Object signal) {
        return signal != null && rooms.contains(signal);
    }

    /** That these threads lead to this queue by a field, whose owner is so many steps away from them. */
    void way(List<Long> threadIds, String field, Object queue, int steps) {
        int way = refs.of(new Object()); // numbers are not used again, so it needs to live no longer
        sink.accept(new Row.TextOf(way, Relation.FIELD, field));
        sink.accept(new Row.NumberOf(way, Relation.STEPS, steps));
        sink.accept(new Row.ObjectLink(way, Relation.LEADS_TO, ref(queue)));
        threadIds.forEach(id -> sink.accept(new Row.ThreadLink(way, Relation.BEGINS, id)));
    }

    /** That all ways to what somebody waits for room in were looked for. */
    void allWaysToRooms() {
        rooms.forEach(signal -> number(signal, Relation.ALL_WAYS, 1));
    }

    /** An object that stands for one act of waiting of this thread, and is not read itself. */
    void episode(Object act, String relation, long threadId) {
        sink.accept(new Row.ThreadLink(refs.of(act), relation, threadId));
    }

    void notSeen(String what, String reason) {
        sink.accept(new Row.NotSeen(what, reason));
    }
}
