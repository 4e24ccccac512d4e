package dev.asyncinspect.model;

/** How a resource is held or wanted. */
public enum AccessMode {
    /** By one task alone: a monitor, a lock, the write half of a read-write lock. */
    EXCLUSIVE("held by"),
    /** Together with others: the read half of a read-write lock, a permit. */
    SHARED("held by"),
    /** It runs the work that completes this future. */
    RUNS("to be completed by"),
    /** It is a worker of the pool in whose queue the work lies that completes this future: once free, it may run it. */
    WILL_RUN("waits in a queue to be run by"),
    /** It refers to it, and with that alone could complete it, signal it or give something to it. */
    REACHES("within reach only of");

    private final String heldBy;

    AccessMode(String heldBy) {
        this.heldBy = heldBy;
    }

    /** What stands between a resource and a task that holds it in this way: {@code held by}. */
    public String heldBy() {
        return heldBy;
    }

    /** The same of a resource of this kind: work in a queue does not complete a latch, it signals it; a full queue is emptied. */
    public String heldBy(ResourceKind kind) {
        if (this == RUNS && kind == ResourceKind.QUEUE) {
            return "to be emptied by";
        }
        return this == WILL_RUN && kind != ResourceKind.FUTURE ? "signalled by work that " + heldBy : heldBy;
    }

    /** What stands before each further task of that kind: {@code and by}. */
    public String andBy() {
        return "and" + heldBy.substring(heldBy.lastIndexOf(' '));
    }

    /** Whether the holder took the resource at some line, rather than being the one that will complete it. */
    public boolean isTaken() {
        return this == EXCLUSIVE || this == SHARED;
    }
}
