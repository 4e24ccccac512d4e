package dev.asyncinspect.junit;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What is wrong with a test beside its assertions, with the diagnosis as its message. */
public final class InspectionError extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final Check check;
    private final transient @Nullable Path evidence;

    InspectionError(Check check, String message) {
        this(check, message, null);
    }

    InspectionError(Check check, String message, @Nullable Path evidence) {
        super(message);
        this.check = check;
        this.evidence = evidence;
        setStackTrace(new StackTraceElement[0]); // ours would say nothing; those that matter are in the message
    }

    /** What was found. */
    public Check check() {
        return check;
    }

    /** The folder that keeps what was seen; null if the message says all. */
    public @Nullable Path evidence() {
        return evidence;
    }
}
