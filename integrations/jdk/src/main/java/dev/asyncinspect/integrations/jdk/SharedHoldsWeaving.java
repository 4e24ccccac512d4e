package dev.asyncinspect.integrations.jdk;

import static dev.asyncinspect.weaving.Capture.argument;
import static dev.asyncinspect.weaving.Capture.argumentIfTop;
import static dev.asyncinspect.weaving.Capture.field;
import static dev.asyncinspect.weaving.Capture.self;
import static dev.asyncinspect.weaving.Capture.top;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.weaving.Hook;
import dev.asyncinspect.weaving.Place;
import java.util.List;

/** Hooks in {@code Semaphore} and the read side of {@code ReentrantReadWriteLock}: no object says who holds these. */
final class SharedHoldsWeaving {

    /*
     * At the return of what takes, so that who waits is no holder yet; at the entry of what gives back, so that the next
     * holder never comes first. Both are named by the object inside that threads park at: of a read lock, the one that it shares
     * with its write lock.
     */

    private static final String SEMAPHORE = "java.util.concurrent.Semaphore";
    private static final String READ_LOCK = "java.util.concurrent.locks.ReentrantReadWriteLock$ReadLock";
    private static final String SYNC = "sync";

    private final SharedHolds holds;

    SharedHoldsWeaving(SharedHolds holds) {
        this.holds = holds;
    }

    List<Hook> hooks() {
        return List.of(
                Hook.named("semaphore.made")
                        .in(SEMAPHORE + "$Sync")
                        .method("<init>", "(I)V")
                        .at(Place.exit())
                        .handing(argument(0), self())
                        .toNumber((semaphore, permits) -> holds.made(semaphore, permits)),
                Hook.named("semaphore.acquired-one")
                        .in(SEMAPHORE)
                        .methods("acquire()V", "acquireUninterruptibly()V")
                        .at(Place.exit())
                        .atLeast(2)
                        .handing(field(SYNC))
                        .to((semaphore, nothing) -> permits(semaphore, 1)),
                Hook.named("semaphore.acquired")
                        .in(SEMAPHORE)
                        .methods("acquire(I)V", "acquireUninterruptibly(I)V")
                        .at(Place.exit())
                        .atLeast(2)
                        .handing(argument(0), field(SYNC))
                        .toNumber((semaphore, count) -> permits(semaphore, (int) count)),
                Hook.named("semaphore.tried-one")
                        .in(SEMAPHORE)
                        .methods("tryAcquire()Z", "tryAcquire(JLjava/util/concurrent/TimeUnit;)Z")
                        .at(Place.exit())
                        .atLeast(2)
                        .handing(top(), field(SYNC))
                        .toNumber((semaphore, got) -> permits(semaphore, (int) got)),
                Hook.named("semaphore.tried")
                        .in(SEMAPHORE)
                        .methods("tryAcquire(I)Z", "tryAcquire(IJLjava/util/concurrent/TimeUnit;)Z")
                        .at(Place.exit())
                        .atLeast(2)
                        .handing(argumentIfTop(0), field(SYNC))
                        .toNumber((semaphore, got) -> permits(semaphore, (int) got)),
                Hook.named("semaphore.released-one")
                        .in(SEMAPHORE)
                        .method("release", "()V")
                        .handing(field(SYNC))
                        .to((semaphore, nothing) -> holds.given(semaphore, EventCodes.PERMITS, 1)),
                Hook.named("semaphore.released")
                        .in(SEMAPHORE)
                        .method("release", "(I)V")
                        .handing(argument(0), field(SYNC))
                        .toNumber((semaphore, count) -> {
                            if (count > 0) {
                                holds.given(semaphore, EventCodes.PERMITS, (int) count);
                            }
                        }),
                Hook.named("read-lock.locked")
                        .in(READ_LOCK)
                        .methods("lock()V", "lockInterruptibly()V")
                        .at(Place.exit())
                        .atLeast(2)
                        .handing(field(SYNC))
                        .to((lock, nothing) -> holds.taken(lock, EventCodes.SHARED, 0)),
                Hook.named("read-lock.tried")
                        .in(READ_LOCK)
                        .methods("tryLock()Z", "tryLock(JLjava/util/concurrent/TimeUnit;)Z")
                        .at(Place.exit())
                        .atLeast(2)
                        .handing(top(), field(SYNC))
                        .toNumber((lock, got) -> {
                            if (got != 0) {
                                holds.taken(lock, EventCodes.SHARED, 0);
                            }
                        }),
                Hook.named("read-lock.unlocked")
                        .in(READ_LOCK)
                        .method("unlock", "()V")
                        .handing(field(SYNC))
                        .to((lock, nothing) -> holds.given(lock, EventCodes.SHARED, 0)));
    }

    /** Nothing was taken if there are none. */
    private void permits(Object semaphore, int count) {
        if (count > 0) {
            holds.taken(semaphore, EventCodes.PERMITS, count);
        }
    }
}
