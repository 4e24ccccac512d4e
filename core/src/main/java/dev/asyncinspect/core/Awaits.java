package dev.asyncinspect.core;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.core.recorder.ThreadIds;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Acts of waiting, told for the task that the current thread runs. */
final class Awaits {

    private static final Recorder RECORDER = Inspector.RECORDER;

    private Awaits() {}

    /** What is done already is not waited for: nothing is told, and the clock is not read. */
    static <T extends @Nullable Object> T of(String label, Future<T> future)
            throws InterruptedException, ExecutionException {
        if (!RECORDER.tellsAwaits() || future.isDone() || !RECORDER.followed().isToBeTold()) {
            return future.get();
        }
        begin(RECORDER.symbol(label), false);
        int how = EventCodes.AWAIT_THREW;
        try {
            T result = future.get();
            how = EventCodes.AWAIT_GOT;
            return result;
        } finally {
            end(how);
        }
    }

    static <T extends @Nullable Object> T of(String label, Future<T> future, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (!RECORDER.tellsAwaits() || future.isDone() || !RECORDER.followed().isToBeTold()) {
            return future.get(timeout, unit);
        }
        begin(RECORDER.symbol(label), true);
        int how = EventCodes.AWAIT_THREW;
        try {
            T result = future.get(timeout, unit);
            how = EventCodes.AWAIT_GOT;
            return result;
        } catch (TimeoutException e) {
            how = EventCodes.AWAIT_TIMED_OUT;
            throw e;
        } finally {
            end(how);
        }
    }

    static <T extends @Nullable Object> T of(String label, Callable<T> blocking) throws Exception {
        if (!RECORDER.tellsAwaits() || !RECORDER.followed().isToBeTold()) {
            return blocking.call();
        }
        begin(RECORDER.symbol(label), false);
        int how = EventCodes.AWAIT_THREW;
        try {
            T result = blocking.call();
            how = EventCodes.AWAIT_GOT;
            return result;
        } finally {
            end(how);
        }
    }

    private static void begin(int label, boolean timed) {
        int flags = EventCodes.AWAIT_ENDS_POLL | (timed ? EventCodes.AWAIT_TIMED : 0);
        RECORDER.awaitStart(RECORDER.now(), ThreadIds.current(), flags, label, 0);
    }

    private static void end(int how) {
        RECORDER.awaitEnd(RECORDER.now(), ThreadIds.current(), how, 0);
    }
}
