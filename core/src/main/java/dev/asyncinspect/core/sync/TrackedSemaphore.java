package dev.asyncinspect.core.sync;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.ThreadIds;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** A semaphore with a name that says who has its permits, who waits for them, and for how long. */
public final class TrackedSemaphore extends Semaphore {

    /* A semaphore does not know who has its permits, so each acquisition and release is told. */

    private static final long serialVersionUID = 1L;

    private final transient Resource resource;
    private final transient Usage usage = new Usage();
    private final LongAdder acquisitions = new LongAdder();

    /** A semaphore with this name and so many permits. */
    public TrackedSemaphore(String name, int permits) {
        super(permits);
        resource = new Resource(EventCodes.SEMAPHORE, name, permits);
    }

    /** Its number among the resources. */
    public long resourceId() {
        return resource.id();
    }

    /** How it was used so far. */
    public LockMetrics metrics() {
        return usage.metrics(acquisitions.sum());
    }

    @Override
    public void acquire() throws InterruptedException {
        acquire(1);
    }

    @Override
    public void acquire(int permits) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!tryAcquire(permits)) {
            Waiting.told(resource, false, usage, () -> {
                super.acquire(permits);
                return true;
            });
            taken(permits);
        }
    }

    @Override
    public void acquireUninterruptibly() {
        acquireUninterruptibly(1);
    }

    @Override
    public void acquireUninterruptibly(int permits) {
        if (!tryAcquire(permits)) {
            long since = resource.waits(false);
            super.acquireUninterruptibly(permits);
            usage.waited(resource.waited(since, true, false));
            taken(permits);
        }
    }

    @Override
    public boolean tryAcquire() {
        return tryAcquire(1);
    }

    @Override
    public boolean tryAcquire(int permits) {
        boolean got = super.tryAcquire(permits);
        if (got) {
            taken(permits);
        }
        return got;
    }

    @Override
    public boolean tryAcquire(long timeout, TimeUnit unit) throws InterruptedException {
        return tryAcquire(1, timeout, unit);
    }

    @Override
    public boolean tryAcquire(int permits, long timeout, TimeUnit unit) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (tryAcquire(permits)) {
            return true;
        }
        boolean got = Waiting.told(resource, true, usage, () -> super.tryAcquire(permits, timeout, unit));
        if (got) {
            taken(permits);
        }
        return got;
    }

    @Override
    public void release() {
        release(1);
    }

    @Override
    public void release(int permits) {
        if (permits < 0) {
            throw new IllegalArgumentException("permits to release must be 0 or more: " + permits);
        }
        resource.released(ThreadIds.current(), EventCodes.PERMITS, permits);
        super.release(permits);
    }

    @Override
    public int drainPermits() {
        int permits = super.drainPermits();
        if (permits > 0) {
            taken(permits);
        }
        return permits;
    }

    private void taken(int permits) {
        acquisitions.increment();
        resource.acquired(ThreadIds.current(), EventCodes.PERMITS, permits);
    }
}
