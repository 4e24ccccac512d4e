package dev.asyncinspect.core.sync;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.ThreadIds;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/** A reentrant lock with a name that says who waits for it, behind whom, and for how long. */
public final class TrackedLock extends ReentrantLock {

    /* Who takes it without waiting tells nothing and reads no clock: the lock knows its owner. Whoever has to wait tells of the owner, in
     * its place, and leaves its id in the field, so that the owner tells of the release.
     *
     * The race we accept: the owner lets go between the look of the waiter at the owner and its note.
     *
     *     waiter                                owner A
     *     reads owner: A
     *                                           sees no note, unlocks
     *     notes and tells: A holds it
     *     takes the lock, finds the note,
     *     tells: A gave it back
     *
     * So for this moment A is shown as holding what it gave back. Whoever takes the lock next, this waiter or another, puts it right. Of
     * several waiters one tells, who has the turn, and tells before it notes: else the release could be told first, and A would hold it for ever.
     * The turn comes back when the note is taken. Other than by waiters the note is read and written with the lock held; volatile, for they
     * are not ordered otherwise. */

    private static final long serialVersionUID = 1L;
    private static final VarHandle ACQUISITIONS;

    static {
        try {
            ACQUISITIONS = MethodHandles.lookup().findVarHandle(TrackedLock.class, "acquisitions", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final transient Resource resource;
    private final transient Usage usage = new Usage();
    /** Written with the lock held; read by whoever asks, at any time. Use the accessors. */
    private long acquisitions;

    /** The note. */
    private volatile long toldHolder;

    /** Whether somebody tells of a holder, or has. */
    private final transient AtomicBoolean turn = new AtomicBoolean();

    /** A lock with this name. */
    public TrackedLock(String name) {
        resource = new Resource(EventCodes.LOCK, name, 0);
    }

    /** Its number among the resources. */
    public long resourceId() {
        return resource.id();
    }

    /** How it was used so far. Asks without taking the lock: of one that nobody gives back, too. */
    public LockMetrics metrics() {
        return usage.metrics(acquisitionsOpaque());
    }

    private long acquisitionsOpaque() {
        return (long) ACQUISITIONS.getOpaque(this);
    }

    /** Opaque, as nothing is ordered by it: a plain store, except that one of 64 bits is never torn. */
    private void countAcquisition() {
        ACQUISITIONS.setOpaque(this, acquisitions + 1);
    }

    @Override
    public void lock() {
        if (super.tryLock()) {
            taken(false, 0);
            return;
        }
        long since = begin(false);
        super.lock();
        usage.waited(resource.waited(since, true, false));
        taken(true, 0);
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (super.tryLock()) {
            taken(false, 0);
            return;
        }
        boolean got = false;
        long since = begin(false);
        try {
            super.lockInterruptibly();
            got = true;
        } finally {
            usage.waited(resource.waited(since, got, !got));
        }
        taken(true, 0);
    }

    @Override
    public boolean tryLock() {
        boolean got = super.tryLock();
        if (got) {
            taken(false, 0);
        }
        return got;
    }

    @Override
    public boolean tryLock(long timeout, TimeUnit unit) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (tryLock()) {
            return true;
        }
        boolean got = Waiting.told(resource, true, usage, () -> {
            tellHolder();
            return super.tryLock(timeout, unit);
        });
        if (got) {
            taken(true, EventCodes.TRIED);
        }
        return got;
    }

    @Override
    public void unlock() {
        if (toldHolder != 0 && getHoldCount() == 1) {
            tellReleased();
        }
        super.unlock();
    }

    private long begin(boolean timed) {
        long since = resource.waits(timed);
        tellHolder();
        return since;
    }

    private void tellHolder() {
        if (resource.isOn() && turn.compareAndSet(false, true)) {
            Thread owner = getOwner();
            if (owner == null) {
                turn.set(false);
            } else {
                tellHolder(ThreadIds.of(owner), 0);
            }
        }
    }

    /** For who has the turn. */
    private void tellHolder(long id, int tried) {
        resource.acquired(id, EventCodes.EXCLUSIVE | tried, 0);
        toldHolder = id;
    }

    private void taken(boolean waited, int tried) {
        countAcquisition();
        if (toldHolder != 0 && getHoldCount() == 1) {
            tellReleased();
        }
        if (waited && resource.isOn() && getHoldCount() == 1 && turn.compareAndSet(false, true)) {
            tellHolder(ThreadIds.current(), tried);
        }
    }

    private void tellReleased() {
        long holder = toldHolder;
        toldHolder = 0;
        resource.released(holder, EventCodes.EXCLUSIVE, 0);
        turn.set(false);
    }
}
