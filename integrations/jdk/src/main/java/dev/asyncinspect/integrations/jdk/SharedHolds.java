package dev.asyncinspect.integrations.jdk;

import dev.asyncinspect.core.event.AwaitCalls;
import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.core.recorder.ThreadIds;
import dev.asyncinspect.integrations.jdk.TaskTable.Entry;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Exchanger;
import org.jspecify.annotations.Nullable;

/** Tells who takes, gives back and signals what has no owner of its own: permits, read locks, latches, conditions. */
final class SharedHolds {

    /*
     * Such an object has no number, so it gets one when it is first seen, kept by identity and weakly. Two threads that see it
     * first at once may both bring one; who looks finds the first in order, so both go on with the same.
     *
     * The end of a virtual thread has none, see Joins.
     *
     * It is the object that threads park at, where there is one: so an await names what it waits for. Not at read-write locks unless
     * locks are told: else nobody tells who has the write half, and a list of the readers alone would look like all there is. A condition gets its
     * number when a thread parks at it: most signals of queues find nobody waiting and are nobody's business.
     */

    private static final @Nullable Class<?> CONDITION =
            Insides.type("java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject");
    private static final @Nullable Class<?> LATCH = Insides.type("java.util.concurrent.CountDownLatch$Sync");
    private static final @Nullable Class<?> PERMITS = Insides.type("java.util.concurrent.Semaphore$NonfairSync");
    private static final @Nullable Class<?> FAIR_PERMITS = Insides.type("java.util.concurrent.Semaphore$FairSync");
    private static final @Nullable Class<?> ARRIVAL = Insides.type("java.util.concurrent.Phaser$QNode");
    private static final Set<String> LOCKS = Set.of(
            "java.util.concurrent.locks.ReentrantLock$NonfairSync",
            "java.util.concurrent.locks.ReentrantLock$FairSync",
            "java.util.concurrent.locks.ReentrantReadWriteLock$NonfairSync",
            "java.util.concurrent.locks.ReentrantReadWriteLock$FairSync");
    private static final @Nullable VarHandle PHASER = Insides.field("java.util.concurrent.Phaser$QNode", "phaser");

    private final Recorder recorder;
    private final TaskTable numbers;
    private final Joins joins;
    /** What threads park at that want a lock; empty unless it is told who takes locks. */
    private final Class<?>[] locks;

    /**
     * Holds for a recorder.
     *
     * @param joins who waits for the end of a virtual thread
     * @param locks whether it is told who takes locks that have an owner
     */
    SharedHolds(Recorder recorder, Joins joins, boolean locks) {
        this.recorder = recorder;
        this.joins = joins;
        numbers = TaskTable.of(recorder);
        this.locks = locks
                ? LOCKS.stream().map(Insides::type).filter(Objects::nonNull).toArray(Class<?>[]::new)
                : new Class<?>[0];
    }

    /** What has a number. */
    TaskTable numbers() {
        return numbers;
    }

    /** A semaphore is made: how many permits there are is known from then on, as long as nobody gives back what he has not taken. */
    void made(@Nullable Object semaphore, long permits) {
        if (semaphore != null && permits >= 0 && permits <= Integer.MAX_VALUE) {
            add(semaphore, EventCodes.SEMAPHORE, (int) permits, "Semaphore", recorder.now());
        }
    }

    /**
     * The current thread has taken something.
     *
     * @param mode how it holds it
     * @param permits how many, 0 if it has none
     */
    void taken(@Nullable Object resource, int mode, int permits) {
        long now = recorder.now();
        long id = resource == null ? 0 : held(resource, mode, now);
        if (id != 0) {
            recorder.acquired(now, ThreadIds.current(), mode, permits, 0, id);
        }
    }

    /** The current thread gives something back, see {@link #taken}. */
    void given(@Nullable Object resource, int mode, int permits) {
        long now = recorder.now();
        long id = resource == null ? 0 : held(resource, mode, now);
        if (id != 0) {
            recorder.released(now, ThreadIds.current(), mode, permits, 0, id);
        }
    }

    /**
     * The current thread has taken a lock; not told if code of the JDK took it.
     *
     * @param mode {@link EventCodes#TRIED} if it would have gone on without
     */
    void locked(@Nullable Object lock, int kind, String name, int mode) {
        if (lock == null || JvmThreads.isOne(Thread.currentThread())) {
            return;
        }
        String line = Lines.ofLock();
        long now = recorder.now();
        long id = line == null ? 0 : number(lock, kind, name, now);
        if (id != 0) {
            recorder.acquired(now, ThreadIds.current(), EventCodes.EXCLUSIVE | mode, 0, recorder.symbol(line), id);
        }
    }

    /** The current thread has a lock again that it had given back while it waited at a condition. */
    void relocked(@Nullable Object lock) {
        Entry known = lock == null ? null : numbers.find(lock, 0);
        if (known != null) {
            locked(lock, known.kind, "", 0);
        }
    }

    /** The current thread gives a lock back. */
    void unlocked(@Nullable Object lock) {
        Entry known = lock == null || JvmThreads.isOne(Thread.currentThread()) ? null : numbers.find(lock, 0);
        if (known != null) {
            long now = recorder.now();
            recorder.released(now, ThreadIds.current(), EventCodes.EXCLUSIVE, 0, 0, known.taskId);
        }
    }

    private long held(Object resource, int mode, long now) {
        return mode == EventCodes.PERMITS
                ? number(resource, EventCodes.SEMAPHORE, "Semaphore", now)
                : number(resource, EventCodes.READ_WRITE_LOCK, "ReentrantReadWriteLock", now);
    }

    /** The current thread counts a latch down; not told of the end of a virtual thread, which tells of itself. */
    void countedDown(@Nullable Object latch) {
        if (!Joins.isEnd()) {
            signalled(latch, EventCodes.LATCH, "CountDownLatch");
        }
    }

    /** The current thread signals something that others wait for. */
    void signalled(@Nullable Object resource, int kind, String name) {
        if (resource != null) {
            long now = recorder.now();
            tellSignal(now, number(resource, kind, name, now));
        }
    }

    /** The current thread signals a condition; not told if no thread was seen to wait at it. */
    void signalledCondition(Object condition) {
        Entry known = numbers.find(condition, 0);
        if (known != null) {
            tellSignal(recorder.now(), known.taskId);
        }
    }

    private void tellSignal(long now, long id) {
        if (id != 0) {
            recorder.released(now, ThreadIds.current(), EventCodes.SIGNAL, 0, 0, id);
        }
    }

    /** The number of what this thread is going to park at, 0 if it has none: then its class alone is known. */
    long awaited(@Nullable Object blocker, long threadId) {
        Class<?> type = blocker == null ? null : blocker.getClass();
        if (blocker == null || !isNumbered(type) || isEndOfThread(type, threadId)) {
            return 0;
        }
        long now = recorder.now();
        if (type == CONDITION) {
            return number(blocker, EventCodes.CONDITION, "Condition", now);
        } else if (type == LATCH) {
            return number(blocker, EventCodes.LATCH, "CountDownLatch", now);
        } else if (type == FAIR_PERMITS || type == PERMITS) {
            return number(blocker, EventCodes.SEMAPHORE, "Semaphore", now);
        }
        return known(blocker);
    }

    /** What this thread, which parks there, is told to wait by. */
    String label(Object blocker, long threadId) {
        Class<?> type = blocker.getClass();
        return isEndOfThread(type, threadId) ? AwaitCalls.JOIN : type.getName();
    }

    private boolean isEndOfThread(@Nullable Class<?> blocker, long threadId) {
        return blocker == LATCH && joins.isJoining(threadId);
    }

    /** The number of a scope of structured concurrency: the end of its forks. */
    long scope(Object flock) {
        return number(flock, EventCodes.THREAD_END, "StructuredTaskScope", recorder.now());
    }

    /** A scope has a fork more, or one less. */
    void fork(Object flock, Thread thread, boolean begins) {
        long id = scope(flock);
        long now = recorder.now();
        if (id != 0 && begins) {
            recorder.acquired(now, ThreadIds.of(thread), EventCodes.SHARED, 0, 0, id);
        } else if (id != 0) {
            recorder.released(now, ThreadIds.of(thread), EventCodes.SHARED, 0, 0, id);
        }
    }

    /** The number of what this thread has parked at, 0 if it has none. */
    long isAwaited(@Nullable Object blocker, long threadId) {
        Class<?> type = blocker == null ? null : blocker.getClass();
        return blocker == null || !isNumbered(type) || isEndOfThread(type, threadId) ? 0 : known(blocker);
    }

    private long known(Object blocker) {
        Object resource = blocker.getClass() == ARRIVAL && PHASER != null ? PHASER.get(blocker) : blocker;
        Entry known = resource == null ? null : numbers.find(resource, 0);
        return known == null ? 0 : known.taskId;
    }

    private boolean isNumbered(@Nullable Class<?> type) {
        for (Class<?> lock : locks) {
            if (type == lock) {
                return true;
            }
        }
        return type == CONDITION
                || type == LATCH
                || type == PERMITS
                || type == FAIR_PERMITS
                || type == ARRIVAL
                || type == Exchanger.class;
    }

    /** The number of an object that a thread is going to wait for until it is notified. */
    long awaitedMonitor(Object monitor) {
        return number(monitor, EventCodes.CONDITION, monitor.getClass().getName(), recorder.now());
    }

    /** Its number, 0 if there is no room to keep one. */
    private long number(Object resource, int kind, String name, long now) {
        Entry known = numbers.find(resource, 0);
        return known != null ? known.taskId : add(resource, kind, 0, name, now);
    }

    private long add(Object resource, int kind, int capacity, String name, long now) {
        Entry added = new Entry(resource, recorder.newResourceId());
        added.kind = kind;
        if (!numbers.add(added, resource)) {
            return 0;
        }
        Entry first = numbers.first(resource);
        long id = first == null ? added.taskId : first.taskId;
        recorder.resource(now, kind, capacity, recorder.symbol(name), id);
        return id;
    }
}
