package dev.asyncinspect.model;

/** How a resource is held or wanted. */
public enum AccessMode {
    /** By one task alone: a monitor, a lock, the write half of a read-write lock. */
    EXCLUSIVE,
    /** Together with others: the read half of a read-write lock, a permit. */
    SHARED
}
