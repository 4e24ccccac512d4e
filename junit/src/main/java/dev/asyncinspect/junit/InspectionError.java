package dev.asyncinspect.junit;

/** What is wrong with a test beside its assertions, with the diagnosis as its message. */
public final class InspectionError extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final Check check;

    InspectionError(Check check, String message) {
        super(message);
        this.check = check;
        setStackTrace(new StackTraceElement[0]); // ours would say nothing; those that matter are in the message
    }

    /** What was found. */
    public Check check() {
        return check;
    }
}
