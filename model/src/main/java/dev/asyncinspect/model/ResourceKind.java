package dev.asyncinspect.model;

/** What sort of thing a task can wait for. */
public enum ResourceKind {
    /** A {@code java.util.concurrent} lock with one owner. */
    LOCK("Lock"),
    /** The monitor of an object ({@code synchronized}). */
    MONITOR("Monitor"),
    /** A read-write lock. */
    READ_WRITE_LOCK("ReadWriteLock"),
    /** Permits. */
    SEMAPHORE("Semaphore"),
    /** A latch, barrier, phaser or exchanger. */
    LATCH("Latch"),
    /** A condition of a lock, or the wait set of a monitor. */
    CONDITION("Condition"),
    /** A queue or channel. */
    QUEUE("Queue"),
    /** A future or stage. */
    FUTURE("Future"),
    /** The workers of an executor. */
    POOL("Pool"),
    /** The carriers of virtual threads. */
    CARRIER_POOL("CarrierPool"),
    /** An event loop. */
    EVENT_LOOP("EventLoop"),
    /** Pooled connections. */
    CONNECTION_POOL("ConnectionPool"),
    /** The initialisation of a class (JVMS 5.5). */
    CLASS_INIT("ClassInit"),
    /** The end of another thread. */
    THREAD_END("ThreadEnd"),
    /** Time. */
    SLEEP("Sleep"),
    /** A socket, a file, a process. */
    IO("IO"),
    /** Parked, and the source does not say for what. */
    UNKNOWN("Unknown");

    private final String label;

    ResourceKind(String label) {
        this.label = label;
    }

    /** The word for this kind in every view. */
    public String label() {
        return label;
    }
}
