package dev.asyncinspect.model;

/** What sort of asynchronous work a {@link Task} is. */
public enum TaskKind {
    /** A {@code java.lang.VirtualThread} (JEP 444). */
    VIRTUAL_THREAD("virtual"),
    /** A thread that the operating system schedules. */
    PLATFORM_THREAD("platform"),
    /** A {@code Runnable} or {@code Callable} handed to an executor. */
    EXECUTOR_TASK("executor task"),
    /** A stage of a {@code CompletionStage}. */
    FUTURE_STAGE("stage"),
    /** A Kotlin coroutine. */
    COROUTINE("coroutine"),
    /** A subscription of a reactive library. */
    REACTIVE_SUBSCRIPTION("subscription"),
    /** A loop that runs the events of many connections on one thread. */
    EVENT_LOOP("event loop"),
    /** A fork of a {@code StructuredTaskScope} (JEP 505). */
    SCOPE_FORK("fork"),
    /** A task that the program named itself. */
    MANUAL("manual"),
    /** The source does not tell, for example a recording that began when the task was already there. */
    UNKNOWN("kind unknown");

    private final String label;

    TaskKind(String label) {
        this.label = label;
    }

    /** The word for this kind in every view. */
    public String label() {
        return label;
    }
}
