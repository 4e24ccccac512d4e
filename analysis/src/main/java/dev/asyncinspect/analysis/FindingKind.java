package dev.asyncinspect.analysis;

/** The catalogue: what can be wrong. Ordered: worst first. Each has a page {@code docs/findings/<id>.md}. */
public enum FindingKind {
    LOCK_CYCLE("lock-cycle", "Deadlock"),
    SELF_DEADLOCK("self-deadlock", "Self-deadlock"),
    FUTURE_CYCLE("future-cycle", "Future deadlock"),
    ORPHANED_FUTURE("orphaned-future", "Orphaned future"),
    LOST_SIGNAL("lost-signal", "Lost signal"),
    PERMIT_LEAK("permit-leak", "Leaked permit"),
    OWNERLESS_LOCK("ownerless-lock", "Ownerless lock"),
    NEVER_STARTED("never-started", "Never started"),
    CLASS_INIT_CYCLE("class-init-cycle", "Class initialisation deadlock"),
    POOL_STARVATION("pool-starvation", "Pool starvation"),
    JVM_DOES_NOT_EXIT("jvm-does-not-exit", "JVM that does not exit"),
    UNREAD_OUTPUT("unread-output", "Unread output"),
    SWALLOWED_FAILURE("swallowed-failure", "Swallowed failure"),
    CARRIER_STARVATION("carrier-starvation", "Carrier starvation"),
    BLOCKED_EVENT_LOOP("blocked-event-loop", "Blocked event loop"),
    BLOCKING_CALL("blocking-call", "Blocking call"),
    PINNED_CARRIER("pinned-carrier", "Pinned carrier"),
    POOL_EXHAUSTED("pool-exhausted", "Exhausted pool"),
    LOCK_CONTENTION("lock-contention", "Lock contention"),
    CPU_BOUND_TASK("cpu-bound-task", "CPU-bound task"),
    LOCK_ORDER_INVERSION("lock-order-inversion", "Lock order inversion"),
    LEAKED_TASK("leaked-task", "Leaked task"),
    QUEUE_GROWTH("queue-growth", "Growing queue"),
    LONG_AWAIT("long-await", "Long await"),
    SLOW_POOL("slow-pool", "Slow pool"),
    CONTEXT_STALE("context-stale", "Stale context"),
    CONTEXT_LOST("context-lost", "Lost context"),
    SELF_WAKE("self-wake", "Self-waking task");

    private final String id;
    private final String title;

    FindingKind(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /** The stable name in JSON, on the command line and in the docs. */
    public String id() {
        return id;
    }

    /** The words that head a report. */
    public String title() {
        return title;
    }

    /** The page that explains it, relative to the project. */
    public String docPage() {
        return "docs/findings/" + id + ".md";
    }
}
