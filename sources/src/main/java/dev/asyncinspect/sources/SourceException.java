package dev.asyncinspect.sources;

/** A source could not be read. The message is one line for a person: what is wrong and what to do. */
public final class SourceException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What kept us from reading, and so which exit code a command ends with. */
    public enum Reason {
        /** No such process, no right to look at it, or it does not answer. */
        UNREACHABLE,
        /** The file is not what it should be. */
        UNREADABLE
    }

    private final Reason reason;

    public SourceException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public SourceException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** What kept us from reading. */
    public Reason reason() {
        return reason;
    }
}
