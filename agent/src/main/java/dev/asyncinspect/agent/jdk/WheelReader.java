package dev.asyncinspect.agent.jdk;

import dev.asyncinspect.core.rows.Relation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Reads Netty's {@code HashedWheelTimer}, under whatever package it was copied to: a pool of one thread, which runs what is due itself. */
final class WheelReader implements ObjectReader {

    /*
     *   thread ── its Runnable, or what that wraps ── Worker ── this$0 ──► HashedWheelTimer
     *
     *   timeouts            what was handed in since the last tick: a queue of the JDK, or of JCTools: arrays, each with the next in its last slot
     *   wheel ──► buckets   the rest; each bucket has a list: head, next, next, ...
     *
     * What is told to be queued is the task of a timeout, not the timeout, which leads to its timer and so to all others. Of one that is
     * cancelled nothing is told.
     */

    private static final String NAME = ".HashedWheelTimer";
    private static final int MOST_TIMEOUTS = 10_000;
    private static final int MOST_WRAPPERS = 3;
    private static final int CANCELLED = 1;

    private final Threads threads;
    private final UserMethods methods;
    private final ObjectFields fields;
    private final QueueReader queues;

    WheelReader(JdkDoor door, Threads threads, UserMethods methods, ObjectFields fields) {
        this.threads = threads;
        this.methods = methods;
        this.fields = fields;
        queues = new QueueReader(door);
    }

    /** Tells which of these threads turn a wheel; the wheels are read later. */
    void workers(List<Thread> all, Sample sample) {
        for (Thread thread : all) {
            Object task = threads.isVirtual(thread) ? null : threads.task(thread);
            for (int i = 0; i < MOST_WRAPPERS && task != null; i++) {
                Object timer = isNamed(task, NAME + "$Worker") ? fields.value(task, "this$0") : null;
                if (timer != null) {
                    sample.worker(timer, thread, threads.id(thread));
                }
                task = timer == null && isWrapper(task) ? fields.value(task, "runnable") : null;
            }
        }
    }

    @Override
    public boolean read(Object object, Sample sample) {
        if (!isNamed(object, NAME)) {
            return false;
        }
        sample.number(object, Relation.MAX_WORKERS, 1);
        List<Object> timeouts = new ArrayList<>(handedIn(fields.value(object, "timeouts")));
        if (fields.value(object, "wheel") instanceof Object[] buckets) {
            for (Object bucket : buckets) {
                Object timeout = bucket == null ? null : fields.value(bucket, "head");
                while (timeout != null && timeouts.size() < MOST_TIMEOUTS) {
                    timeouts.add(timeout);
                    timeout = fields.value(timeout, "next");
                }
            }
        }
        List<Object> tasks = new ArrayList<>();
        for (Object timeout : timeouts) {
            Object task = fields.value(timeout, "task");
            if (task != null && !(fields.value(timeout, "state") instanceof Integer state && state == CANCELLED)) {
                tasks.add(task);
                methods.tell(task, task, sample);
            }
        }
        sample.queued(object, tasks);
        return true;
    }

    private List<Object> handedIn(@Nullable Object queue) {
        List<Object> ofJdk = queue == null ? List.of() : queues.elements(queue, MOST_TIMEOUTS);
        if (ofJdk != null || queue == null) {
            return ofJdk == null ? List.of() : ofJdk;
        }
        List<Object> found = new ArrayList<>();
        Deque<Object> arrays = new ArrayDeque<>();
        Object first = fields.value(queue, "consumerBuffer");
        if (first != null) {
            arrays.add(first);
        }
        while (!arrays.isEmpty() && found.size() < MOST_TIMEOUTS) {
            Object array = arrays.remove();
            int length = length(array);
            for (int i = 0; i < length && found.size() < MOST_TIMEOUTS; i++) {
                Object element = slot(array, i);
                if (element != null && length(element) > 0) {
                    arrays.add(element);
                } else if (element != null && element.getClass() != Object.class) { // such are marks
                    found.add(element);
                }
            }
        }
        return found;
    }

    private static int length(Object array) {
        return array instanceof Object[] slots
                ? slots.length
                : array instanceof AtomicReferenceArray<?> atomic ? atomic.length() : 0;
    }

    private static @Nullable Object slot(Object array, int index) {
        return array instanceof Object[] slots ? slots[index] : ((AtomicReferenceArray<?>) array).get(index);
    }

    private static boolean isNamed(Object object, String end) {
        return object.getClass().getName().endsWith(end);
    }

    /** What Netty's factory of threads puts around all that its threads run. */
    private static boolean isWrapper(Object task) {
        return isNamed(task, ".FastThreadLocalRunnable");
    }
}
