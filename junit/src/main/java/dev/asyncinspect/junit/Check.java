package dev.asyncinspect.junit;

/** What a test is inspected for. */
public enum Check {
    /** It does not move any more. */
    HANG,
    /** Threads wait for each other in a circle when it ends. */
    DEADLOCK,
    /** Threads that it started still live some time after its end. */
    LEAKED_THREAD,
    /** A thread that it started, however indirectly, died of a throwable that nobody handled. */
    SWALLOWED_FAILURE,
    /** A thread that serves many (an event loop, a scheduler of Reactor) waited in code of the program. */
    BLOCKED_NON_BLOCKING_THREAD
}
