package dev.asyncinspect.agent.jdk;

import dev.asyncinspect.core.rows.Relation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads timers ({@code java.util.Timer}), found from their threads: pools of one worker, which runs task after task. */
final class TimerReader implements ObjectReader {

    /*
     *   TimerThread ── queue ──► TaskQueue ── queue ──► TimerTask[], the next one first; slot 0 is never used
     *
     * The TaskQueue stands for the timer, which the thread does not know. Of a task that is cancelled nothing is told: the timer
     * throws it away when its time has come.
     *
     * | class     | says                                            |
     * |-----------|-------------------------------------------------|
     * | TaskQueue | WORKER, MAX_WORKERS 1, SIZE, QUEUED its tasks   |
     * | TimerTask | USER_METHOD its class                           |
     */

    private static final int MOST_TASKS = 10_000;
    private static final int CANCELLED = 3;

    private final Threads threads;
    private final UserMethods methods;
    private final @Nullable Class<?> threadType;
    private final @Nullable Class<?> queueType;
    private final FieldReader queueOfThread;
    private final FieldReader tasks;
    private final FieldReader state;

    TimerReader(JdkDoor door, Threads threads, UserMethods methods) {
        this.threads = threads;
        this.methods = methods;
        threadType = door.type("java.util.TimerThread");
        queueType = door.type("java.util.TaskQueue");
        queueOfThread = door.field("java.util.TimerThread", "queue");
        tasks = door.field("java.util.TaskQueue", "queue");
        state = door.field("java.util.TimerTask", "state");
    }

    /** Tells which of these threads belong to a timer; the timers are read later. */
    void workers(List<Thread> all, Sample sample) {
        for (Thread thread : all) {
            Object queue = threadType != null && threadType.isInstance(thread) ? queueOfThread.get(thread) : null;
            if (queue != null) {
                sample.worker(queue, thread, threads.id(thread));
            }
        }
    }

    @Override
    public boolean read(Object object, Sample sample) {
        if (queueType == null || !queueType.isInstance(object)) {
            return false;
        }
        sample.number(object, Relation.MAX_WORKERS, 1);
        List<Object> waiting = tasks.get(object) instanceof Object[] slots
                ? QueueReader.nonNull(slots, MOST_TASKS).stream()
                        .filter(task -> state.number(task, 0) != CANCELLED)
                        .toList()
                : List.of();
        sample.queued(object, waiting);
        waiting.forEach(task -> methods.tell(task, task, sample));
        return true;
    }
}
