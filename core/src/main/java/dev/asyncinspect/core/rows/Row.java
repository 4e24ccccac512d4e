package dev.asyncinspect.core.rows;

import java.util.List;

/**
 * One fact that the agent read in the observed JVM. A sample is a {@link Begin}, any number of facts and an {@link End}.
 *
 * <p>Objects are known by a {@code ref}: a number that the agent gives to an object when it first meets it, that stays the
 * same for this object as long as the agent is loaded, and is never given to another. It keeps no object alive. Zero means
 * no object. Threads are known by {@code Thread.threadId()}.
 *
 * <p>The vocabulary is small so that it can grow without a new version: what is said of an object is a number, a text, a
 * link to another object or a link to a thread, under a {@link Relation} name. A reader passes over names it does not know.
 */
public sealed interface Row {

    /** Hands this row to the method for its case. */
    void handTo(RowHandler handler);

    /**
     * A sample begins.
     *
     * @param sample number of the sample, counted from 1
     * @param epochMillis wall clock of the observed JVM
     */
    record Begin(int sample, long epochMillis) implements Row {
        @Override
        public void handTo(RowHandler handler) {
            handler.begin(this);
        }
    }

    /**
     * A sample is complete.
     *
     * @param sample number of the sample
     * @param threads how many threads were met
     * @param tookNanos how long reading took in the observed JVM
     * @param droppedRows how many rows were not sent because a cap was reached
     */
    record End(int sample, int threads, long tookNanos, long droppedRows) implements Row {
        @Override
        public void handTo(RowHandler handler) {
            handler.end(this);
        }
    }

    /**
     * A stack that later rows refer to. Sent once for each distinct stack of a sample.
     *
     * @param stackId number of the stack within the sample, from 1
     * @param frames innermost first
     */
    record Stack(int stackId, List<StackTraceElement> frames) implements Row {
        public Stack {
            frames = List.copyOf(frames);
        }

        @Override
        public void handTo(RowHandler handler) {
            handler.stack(this);
        }
    }

    /**
     * A thread.
     *
     * @param threadId its {@code Thread.threadId()}
     * @param name its name, may be empty
     * @param virtual whether it is a virtual thread
     * @param daemon whether it is a daemon
     * @param state name of its {@code Thread.State}
     * @param carrierThreadId thread it is mounted on, 0 if none
     * @param containerRef the thread container it was started in, 0 if not told
     * @param blockerRef what {@code LockSupport.getBlocker} says, 0 if nothing
     * @param stackId its stack, 0 if not read
     */
    record ThreadSeen(
            long threadId,
            String name,
            boolean virtual,
            boolean daemon,
            String state,
            long carrierThreadId,
            int containerRef,
            int blockerRef,
            int stackId)
            implements Row {
        @Override
        public void handTo(RowHandler handler) {
            handler.thread(this);
        }
    }

    /**
     * An object.
     *
     * @param ref its number
     * @param className binary name of its class
     */
    record ObjectSeen(int ref, String className) implements Row {
        @Override
        public void handTo(RowHandler handler) {
            handler.object(this);
        }
    }

    /**
     * A number that an object holds: permits, count, capacity, size.
     *
     * @param ref the object
     * @param relation name of the number, see {@link Relation}
     * @param value the number
     */
    record NumberOf(int ref, String relation, long value) implements Row {
        @Override
        public void handTo(RowHandler handler) {
            handler.number(this);
        }
    }

    /**
     * A text about an object: the name of a pool, the user's method behind a lambda.
     *
     * @param ref the object
     * @param relation what the text is, see {@link Relation}
     * @param value the text, cut to a bound
     */
    record TextOf(int ref, String relation, String value) implements Row {
        @Override
        public void handTo(RowHandler handler) {
            handler.text(this);
        }
    }

    /**
     * One object has to do with another: a condition with its lock, a pool with a queued task.
     *
     * @param ref from
     * @param relation how, see {@link Relation}
     * @param otherRef to
     */
    record ObjectLink(int ref, String relation, int otherRef) implements Row {
        @Override
        public void handTo(RowHandler handler) {
            handler.objectLink(this);
        }
    }

    /**
     * A thread has to do with an object: owns it, reads under it, runs it, works for it.
     *
     * @param ref the object
     * @param relation how, see {@link Relation}
     * @param threadId the thread
     */
    record ThreadLink(int ref, String relation, long threadId) implements Row {
        @Override
        public void handTo(RowHandler handler) {
            handler.threadLink(this);
        }
    }

    /**
     * Something could not be read in this JVM.
     *
     * @param what in words: {@code owners of StampedLock}
     * @param reason why not: {@code field not found on this JDK}
     */
    record NotSeen(String what, String reason) implements Row {
        @Override
        public void handTo(RowHandler handler) {
            handler.notSeen(this);
        }
    }
}
