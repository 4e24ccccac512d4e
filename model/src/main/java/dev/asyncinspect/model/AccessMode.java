package dev.asyncinspect.model;

/** How a resource is held or wanted. */
public enum AccessMode {
    /** By one task alone: a monitor, a lock, the write half of a read-write lock. */
    EXCLUSIVE,
    /** Together with others: the read half of a read-write lock, a permit. */
    SHARED,
    /** It runs the work that completes this future. */
    RUNS,
    /** It is a worker of the pool in whose queue the work lies that completes this future: once free, it may run it. */
    WILL_RUN
}
