package dev.asyncinspect.core.sync;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.ThreadIds;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A read-write lock with a name that says who reads, who writes, who waits, and for how long. */
public final class TrackedReadWriteLock implements ReadWriteLock {

    /* Readers are anonymous to the lock itself, so each acquisition and release is told. */

    private final ReentrantReadWriteLock within = new ReentrantReadWriteLock();
    private final Resource resource;
    private final Side readers;
    private final Side writer;

    /** A lock with this name. */
    public TrackedReadWriteLock(String name) {
        resource = new Resource(EventCodes.READ_WRITE_LOCK, name, 0);
        readers = new Side(resource, within.readLock(), EventCodes.SHARED);
        writer = new Side(resource, within.writeLock(), EventCodes.EXCLUSIVE);
    }

    /** Its number among the resources. */
    public long resourceId() {
        return resource.id();
    }

    @Override
    public Lock readLock() {
        return readers;
    }

    @Override
    public Lock writeLock() {
        return writer;
    }

    /** How readers used it so far. */
    public LockMetrics readMetrics() {
        return readers.metrics();
    }

    /** How writers used it so far. */
    public LockMetrics writeMetrics() {
        return writer.metrics();
    }

    private static final class Side implements Lock {
        private final Resource resource;
        private final Lock within;
        private final int mode;
        private final Usage usage = new Usage();
        private final LongAdder acquisitions = new LongAdder();

        Side(Resource resource, Lock within, int mode) {
            this.resource = resource;
            this.within = within;
            this.mode = mode;
        }

        LockMetrics metrics() {
            return usage.metrics(acquisitions.sum());
        }

        @Override
        public void lock() {
            if (!takenAtOnce(0)) {
                long since = resource.waits(false);
                within.lock();
                usage.waited(resource.waited(since, true, false));
                taken(0);
            }
        }

        @Override
        public void lockInterruptibly() throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (!takenAtOnce(0)) {
                Waiting.told(resource, false, usage, () -> {
                    within.lockInterruptibly();
                    return true;
                });
                taken(0);
            }
        }

        @Override
        public boolean tryLock() {
            return takenAtOnce(EventCodes.TRIED);
        }

        @Override
        public boolean tryLock(long timeout, TimeUnit unit) throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (tryLock()) {
                return true;
            }
            boolean got = Waiting.told(resource, true, usage, () -> within.tryLock(timeout, unit));
            if (got) {
                taken(EventCodes.TRIED);
            }
            return got;
        }

        @Override
        public void unlock() {
            within.unlock();
            resource.released(ThreadIds.current(), mode, 0);
        }

        /** What is awaited there is not told: the lock is given back and taken again unseen, so its holder is not exact meanwhile. */
        @Override
        public Condition newCondition() {
            return within.newCondition();
        }

        private boolean takenAtOnce(int tried) {
            boolean got = within.tryLock();
            if (got) {
                taken(tried);
            }
            return got;
        }

        private void taken(int tried) {
            acquisitions.increment();
            resource.acquired(ThreadIds.current(), mode | tried, 0);
        }
    }
}
