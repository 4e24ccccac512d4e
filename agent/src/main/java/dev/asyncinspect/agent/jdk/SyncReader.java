package dev.asyncinspect.agent.jdk;

import dev.asyncinspect.core.rows.Relation;
import java.util.List;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import org.jspecify.annotations.Nullable;

/** Reads what is built on {@code AbstractQueuedSynchronizer}: owners, counts, and who waits in which act of waiting. */
final class SyncReader implements ObjectReader {

    /*
     * | class                                    | says                                                       |
     * |------------------------------------------|------------------------------------------------------------|
     * | any synchronizer                         | OWNER exclusiveOwnerThread, COUNT state, EPISODE its nodes |
     * | ReentrantReadWriteLock.Sync              | READER first reader, cached and thread-local hold counters |
     * | Condition                                | LOCK its lock, EPISODE its nodes                           |
     *
     * JDK 17 to 24 keep the state of all of them in an int; from 25 on that of the read-write lock is a long. A node exists
     * for one act of waiting: whoever is seen at the same node twice has not moved in between.
     */

    private static final String LOCKS = "java.util.concurrent.locks.";
    private static final int MOST_NODES = 100_000;

    /** The fields of the int and of the long kind. */
    private static final class Queue {

        private final @Nullable Class<?> type;
        private final @Nullable Class<?> condition;
        private final FieldReader state;
        private final FieldReader tail;
        private final FieldReader prev;
        private final FieldReader waiter;
        private final FieldReader firstWaiter;
        private final FieldReader nextWaiter;
        private final FieldReader lock;

        private Queue(JdkDoor door, String name) {
            type = door.type(LOCKS + name);
            condition = door.type(LOCKS + name + "$ConditionObject");
            state = door.field(LOCKS + name, "state");
            tail = door.field(LOCKS + name, "tail");
            prev = door.field(LOCKS + name + "$Node", "prev");
            waiter = door.field(LOCKS + name + "$Node", "waiter");
            firstWaiter = door.field(LOCKS + name + "$ConditionObject", "firstWaiter");
            nextWaiter = door.field(LOCKS + name + "$ConditionNode", "nextWaiter");
            lock = door.field(LOCKS + name + "$ConditionObject", "this$0");
        }
    }

    private final Threads threads;
    private final FieldReader owner;
    private final List<Queue> kinds;
    private final ReadHolds readHolds;

    SyncReader(JdkDoor door, Threads threads) {
        this.threads = threads;
        owner = door.field(LOCKS + "AbstractOwnableSynchronizer", "exclusiveOwnerThread");
        kinds = List.of(
                new Queue(door, "AbstractQueuedSynchronizer"), new Queue(door, "AbstractQueuedLongSynchronizer"));
        readHolds = new ReadHolds(door, threads);
    }

    /** Forgets the threads of the sample before, and knows those of this one. */
    void begin(List<Thread> all) {
        readHolds.begin(all);
    }

    @Override
    public boolean read(Object object, Sample sample) {
        for (Queue kind : kinds) {
            if (kind.type != null && kind.type.isInstance(object)) {
                synchronizer(kind, object, sample);
                return true;
            }
            if (kind.condition != null && kind.condition.isInstance(object)) {
                condition(kind, object, sample);
                return true;
            }
        }
        return false;
    }

    private void synchronizer(Queue kind, Object sync, Sample sample) {
        long state = kind.state.number(sync, -1);
        if (state >= 0) {
            sample.number(sync, Relation.COUNT, state);
        }
        boolean ownable = owner.exists() && sync instanceof AbstractOwnableSynchronizer;
        Thread owning = ownable ? owner.thread(sync) : null;
        if (owning != null) {
            sample.threadLink(sync, Relation.OWNER, threads.id(owning));
            if (threads.state(owning) == Thread.State.TERMINATED) {
                sample.ended(owning, threads.id(owning), threads.isVirtual(owning));
            }
        }
        readHolds.read(sync, sample);
        int steps = 0;
        for (Object node = kind.tail.get(sync); node != null && steps < MOST_NODES; node = kind.prev.get(node)) {
            waits(kind, node, sample);
            steps++;
        }
    }

    private void condition(Queue kind, Object condition, Sample sample) {
        sample.link(condition, Relation.LOCK, kind.lock.get(condition));
        int steps = 0;
        for (Object node = kind.firstWaiter.get(condition);
                node != null && steps < MOST_NODES;
                node = kind.nextWaiter.get(node)) {
            waits(kind, node, sample);
            steps++;
        }
    }

    private void waits(Queue kind, Object node, Sample sample) {
        Thread waiting = kind.waiter.thread(node);
        if (waiting != null) {
            sample.episode(node, Relation.EPISODE, threads.id(waiting));
        }
    }
}
