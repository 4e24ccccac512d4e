package dev.asyncinspect.agent.jdk;

import dev.asyncinspect.core.rows.Relation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads Netty's event loops, and with them Vert.x's, without depending on Netty: how many tasks wait, and which is the next. */
final class EventLoopReader implements ObjectReader {

    /*
     *   thread ── its Runnable ──► … a few wrappers … ──► SingleThreadEventExecutor ── taskQueue ──► what waits
     *
     * A library may carry a copy of Netty under another name, so classes are known by the end of their names. The queue is one of
     * the JDK, or one of JCTools, which is an array that is linked to the next one, with two indices that count in twos:
     *
     *   consumerIndex ─► [ task ][ task ][ task ][      ] ◄─ producerIndex      mask: (length - 1) * 2
     *
     * Its first element can be a mark that leads to the next array: then the next task is not told.
     */

    private static final String NETTY = ".netty.util.";
    private static final String EXECUTOR = ".netty.util.concurrent.SingleThreadEventExecutor";
    private static final String PROMISE = ".netty.util.concurrent.PromiseTask";
    private static final int MOST_STEPS = 4;
    private static final int MOST_QUEUED = 10_000;

    private final Threads threads;
    private final UserMethods methods;
    private final ObjectFields fields;
    private final QueueReader queues;

    /** What lies in a queue: how much, and the first of it if it is known. */
    private record Waiting(long size, @Nullable Object first) {}

    EventLoopReader(JdkDoor door, Threads threads, UserMethods methods, ObjectFields fields) {
        this.threads = threads;
        this.methods = methods;
        this.fields = fields;
        queues = new QueueReader(door);
    }

    /** Tells which of these threads are event loops; the loops are read later. */
    void workers(List<Thread> all, Sample sample) {
        for (Thread thread : all) {
            Object task = threads.isVirtual(thread) ? null : threads.task(thread);
            if (task == null || !task.getClass().getName().contains(NETTY)) {
                continue;
            }
            if (!fields.available()) {
                sample.notSeen("the queue of an event loop", "this JDK does not let the fields of a library be read");
                continue;
            }
            Object loop = loop(task); // null of a worker of a pool, whose Runnable Netty may wrap as well
            if (loop != null) {
                sample.threadLink(loop, Relation.WORKER, threads.id(thread));
            }
        }
    }

    private @Nullable Object loop(Object task) {
        List<Object> open = List.of(task);
        for (int step = 0; step < MOST_STEPS; step++) {
            List<Object> next = new ArrayList<>();
            for (Object object : open) {
                if (hasType(object, EXECUTOR)) {
                    return object;
                }
                if (next.size() < MOST_QUEUED) {
                    fields.references(object, next::add);
                }
            }
            open = next;
        }
        return null;
    }

    @Override
    public boolean read(Object object, Sample sample) {
        if (!hasType(object, EXECUTOR)) {
            return false;
        }
        sample.number(object, Relation.MAX_WORKERS, 1);
        Object queue = fields.value(object, "taskQueue");
        Waiting waiting = queue == null ? null : waiting(queue);
        if (waiting == null) {
            sample.notSeen(
                    "the queue of " + object.getClass().getName(),
                    "it is "
                            + (queue == null
                                    ? "kept in another field"
                                    : "a " + queue.getClass().getName()));
            return true;
        }
        sample.number(object, Relation.SIZE, waiting.size());
        Object first = waiting.first();
        if (first != null) {
            sample.link(object, Relation.QUEUED, first);
            Object inside = hasType(first, PROMISE) ? fields.value(first, "task") : null;
            methods.tell(first, inside == null ? first : inside, sample);
        }
        return true;
    }

    private @Nullable Waiting waiting(Object queue) {
        List<Object> elements = queues.elements(queue, MOST_QUEUED);
        if (elements != null) {
            return new Waiting(elements.size(), elements.isEmpty() ? null : elements.get(0));
        }
        Object buffer = fields.value(queue, "consumerBuffer");
        if (!(fields.value(queue, "consumerIndex") instanceof Long consumed)
                || !(fields.value(queue, "producerIndex") instanceof Long produced)
                || !(fields.value(queue, "consumerMask") instanceof Long mask)
                || buffer == null) {
            return null;
        }
        long size = Math.max(0, (produced - consumed) >> 1);
        Object array = buffer instanceof Object[] ? buffer : fields.value(buffer, "array");
        int at = (int) ((consumed & mask) >> 1);
        Object first = size > 0 && array instanceof Object[] slots && at < slots.length ? slots[at] : null;
        return new Waiting(size, first == null || first.getClass() == Object.class ? null : first);
    }

    private static boolean hasType(Object object, String end) {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().endsWith(end)) {
                return true;
            }
        }
        return false;
    }
}
