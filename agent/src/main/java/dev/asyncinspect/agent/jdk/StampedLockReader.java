package dev.asyncinspect.agent.jdk;

import dev.asyncinspect.core.rows.Relation;
import java.util.concurrent.locks.StampedLock;

/** Reads a {@code StampedLock}: how many read, whether one writes, and who waits. Who they are it does not record. */
final class StampedLockReader implements ObjectReader {

    /*
     *   state   … version │ W │ readers (7 bits) │        126 readers and more: the rest is in readerOverflow
     *
     * Waiting readers hang in a list of their own at one node of the queue.
     */

    private static final String LOCK = "java.util.concurrent.locks.StampedLock";
    private static final long READERS = 0x7f;
    private static final long WRITER = 0x80;
    private static final int MOST_NODES = 100_000;

    private final Threads threads;
    private final FieldReader state;
    private final FieldReader overflow;
    private final FieldReader tail;
    private final FieldReader prev;
    private final FieldReader waiter;
    private final FieldReader readersHere;

    StampedLockReader(JdkDoor door, Threads threads) {
        this.threads = threads;
        state = door.field(LOCK, "state");
        overflow = door.field(LOCK, "readerOverflow");
        tail = door.field(LOCK, "tail");
        prev = door.field(LOCK + "$Node", "prev");
        waiter = door.field(LOCK + "$Node", "waiter");
        readersHere = door.field(LOCK + "$ReaderNode", "cowaiters");
    }

    @Override
    public boolean read(Object object, Sample sample) {
        if (!(object instanceof StampedLock)) {
            return false;
        }
        if (state.exists()) {
            long now = state.number(object, 0);
            sample.number(object, Relation.READERS, (now & READERS) + overflow.number(object, 0));
            sample.number(object, Relation.WRITERS, (now & WRITER) == 0 ? 0 : 1);
        }
        int steps = 0;
        for (Object node = tail.get(object); node != null && steps < MOST_NODES; node = prev.get(node)) {
            waits(node, sample);
            steps++;
            if (node.getClass().getSimpleName().equals("ReaderNode")) {
                Object beside = readersHere.get(node);
                for (; beside != null && steps < MOST_NODES; beside = readersHere.get(beside)) {
                    waits(beside, sample);
                    steps++;
                }
            }
        }
        return true;
    }

    private void waits(Object node, Sample sample) {
        Thread waiting = waiter.thread(node);
        if (waiting != null) {
            sample.episode(node, Relation.EPISODE, threads.id(waiting));
        }
    }
}
