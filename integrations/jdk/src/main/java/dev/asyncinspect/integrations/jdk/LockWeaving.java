package dev.asyncinspect.integrations.jdk;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.weaving.Hook;
import dev.asyncinspect.weaving.Place;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/** Hooks in locks that have an owner. Their objects say whose they are now; in which order they were taken they do not. */
final class LockWeaving {

    /*
     * Taken is told at the return, so that who waits is no holder yet; given back at the entry, so that the next holder never comes
     * first. Only the outermost of acquisitions within each other is told, and only what the program's own code takes: queues and pools of the
     * JDK have locks for purposes of their own. A thread that waits at a condition has given its lock back meanwhile; should it leave
     * by an exception, that it has it again is not told, and then its unlock makes the record say that it does not know the holders.
     */

    private static final String LOCK = "java.util.concurrent.locks.ReentrantLock";
    private static final String WRITE_LOCK = "java.util.concurrent.locks.ReentrantReadWriteLock$WriteLock";
    private static final String CONDITION = "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject";
    private static final String[] WAITS = {
        "await()V",
        "awaitUninterruptibly()V",
        "awaitNanos(J)J",
        "awaitUntil(Ljava/util/Date;)Z",
        "await(JLjava/util/concurrent/TimeUnit;)Z"
    };

    private static final @Nullable VarHandle LOCK_SYNC = Insides.field(LOCK, "sync");
    private static final @Nullable VarHandle WRITE_LOCK_SYNC = Insides.field(WRITE_LOCK, "sync");
    private static final @Nullable VarHandle CONDITION_SYNC = Insides.field(CONDITION, "this$0");

    private final SharedHolds holds;

    LockWeaving(SharedHolds holds) {
        this.holds = holds;
    }

    List<Hook> hooks() {
        return List.of(
                taken("lock.locked", 0, LOCK, "lock()V", "lockInterruptibly()V"),
                taken("lock.tried", EventCodes.TRIED, LOCK, "tryLock()Z", "tryLock(JLjava/util/concurrent/TimeUnit;)Z"),
                Hook.named("lock.unlocked")
                        .in(LOCK)
                        .method("unlock", "()V")
                        .to((lock, nothing) -> given((ReentrantLock) lock)),
                taken("write-lock.locked", 0, WRITE_LOCK, "lock()V", "lockInterruptibly()V"),
                taken(
                        "write-lock.tried",
                        EventCodes.TRIED,
                        WRITE_LOCK,
                        "tryLock()Z",
                        "tryLock(JLjava/util/concurrent/TimeUnit;)Z"),
                Hook.named("write-lock.unlocked")
                        .in(WRITE_LOCK)
                        .method("unlock", "()V")
                        .to((lock, nothing) -> given((ReentrantReadWriteLock.WriteLock) lock)),
                Hook.named("lock.given-to-wait")
                        .in(CONDITION)
                        .methods(WAITS)
                        .atLeast(WAITS.length)
                        .to((condition, nothing) -> holds.unlocked(sync(CONDITION_SYNC, condition))),
                Hook.named("lock.had-again")
                        .in(CONDITION)
                        .methods(WAITS)
                        .at(Place.exit())
                        .atLeast(WAITS.length)
                        .to((condition, nothing) -> holds.relocked(sync(CONDITION_SYNC, condition))));
    }

    /** Also where it was tried in vain: then the thread does not hold it. */
    private Hook taken(String name, int mode, String type, String... methods) {
        return Hook.named(name)
                .in(type)
                .methods(methods)
                .at(Place.exit())
                .atLeast(methods.length)
                .to((lock, nothing) -> {
                    if (lock instanceof ReentrantLock reentrant) {
                        taken(reentrant, mode);
                    } else {
                        taken((ReentrantReadWriteLock.WriteLock) lock, mode);
                    }
                });
    }

    private void taken(ReentrantLock lock, int mode) {
        if (lock.getHoldCount() == 1) {
            holds.locked(sync(LOCK_SYNC, lock), EventCodes.LOCK, "ReentrantLock", mode);
        }
    }

    private void taken(ReentrantReadWriteLock.WriteLock lock, int mode) {
        if (lock.getHoldCount() == 1) {
            holds.locked(sync(WRITE_LOCK_SYNC, lock), EventCodes.READ_WRITE_LOCK, "ReentrantReadWriteLock", mode);
        }
    }

    private void given(ReentrantLock lock) {
        if (lock.getHoldCount() == 1) {
            holds.unlocked(sync(LOCK_SYNC, lock));
        }
    }

    private void given(ReentrantReadWriteLock.WriteLock lock) {
        if (lock.getHoldCount() == 1) {
            holds.unlocked(sync(WRITE_LOCK_SYNC, lock));
        }
    }

    private static @Nullable Object sync(@Nullable VarHandle field, Object of) {
        return field == null ? null : field.get(of);
    }
}
