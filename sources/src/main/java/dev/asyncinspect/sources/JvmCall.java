package dev.asyncinspect.sources;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Asks a live JVM for something within a time, and says in one line why there was no answer. */
final class JvmCall {

    private final JvmProcess jvm;
    private final Duration timeout;

    JvmCall(JvmProcess jvm, Duration timeout) {
        this.jvm = jvm;
        this.timeout = timeout;
    }

    /** What the work returns; a {@link SourceException} of it is passed on as it is. */
    <T> T answer(Callable<T> work) throws SourceException {
        try {
            return TimeLimit.call(work, timeout);
        } catch (TimeoutException e) {
            throw failure(
                    "did not answer within " + timeout.toSeconds()
                            + " s; it may be stopped, swapping or in a long collection: try a longer --timeout",
                    e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof SourceException told) {
                throw told;
            }
            String gone =
                    ProcessHandle.of(jvm.pid()).isEmpty() ? "ended while it was looked at" : "cannot be attached to";
            throw failure(gone + " (" + cause.getMessage() + ")", cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("was not looked at: interrupted", e);
        }
    }

    private SourceException failure(String what, Throwable cause) {
        String line = ("process " + jvm.pid() + " " + what).lines().findFirst().orElse("");
        return new SourceException(SourceException.Reason.UNREACHABLE, line, cause);
    }
}
