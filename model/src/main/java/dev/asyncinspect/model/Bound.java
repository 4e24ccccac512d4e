package dev.asyncinspect.model;

/** Whether a {@link Wait} ends by itself. */
public enum Bound {
    /** No timeout: only the resource or an interrupt ends it. */
    UNBOUNDED,
    /** With a timeout. */
    TIMED,
    /** The source does not tell. */
    UNKNOWN
}
