package dev.asyncinspect.core;

import dev.asyncinspect.core.event.EventCodes;

/** What sort of asynchronous work a task is. */
public enum TaskKind {
    /** Nobody said. */
    UNKNOWN(0),
    /** A {@code java.lang.VirtualThread}. */
    VIRTUAL_THREAD(EventCodes.VIRTUAL_THREAD),
    /** A thread that the operating system schedules. */
    PLATFORM_THREAD(EventCodes.PLATFORM_THREAD),
    /** Handed to an executor. */
    EXECUTOR_TASK(EventCodes.EXECUTOR_TASK),
    /** A stage of a {@code CompletionStage}. */
    FUTURE_STAGE(EventCodes.FUTURE_STAGE),
    /** A Kotlin coroutine. */
    COROUTINE(EventCodes.COROUTINE),
    /** A subscription of a reactive library. */
    REACTIVE_SUBSCRIPTION(EventCodes.REACTIVE_SUBSCRIPTION),
    /** A loop that runs the events of many connections on one thread. */
    EVENT_LOOP(EventCodes.EVENT_LOOP),
    /** A fork of a {@code StructuredTaskScope}. */
    SCOPE_FORK(EventCodes.SCOPE_FORK),
    /** Named by the program itself. */
    MANUAL(EventCodes.MANUAL);

    private static final TaskKind[] BY_CODE = values();

    private final int code;

    TaskKind(int code) {
        this.code = code;
    }

    /** The number of this kind in events. */
    public int code() {
        return code;
    }

    /** The kind with this number, {@link #UNKNOWN} if a newer version made it up. */
    public static TaskKind of(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : UNKNOWN;
    }
}
