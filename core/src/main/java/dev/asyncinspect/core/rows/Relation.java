package dev.asyncinspect.core.rows;

/** The names under which rows say something of an object. A new name is no new version. */
public final class Relation {

    /** Thread link: owns the lock exclusively. */
    public static final String OWNER = "owner";

    /** Thread link: holds the read half of a read-write lock. */
    public static final String READER = "reader";

    /** Thread link: runs the body of this future or queued task now. */
    public static final String RUNNER = "runner";

    /** Thread link: is a worker of this pool. */
    public static final String WORKER = "worker";

    /** Thread link: waits in this object. */
    public static final String WAITER = "waiter";

    /** Thread link: exists for exactly one act of waiting of this thread, such as its node in the queue of a lock. */
    public static final String EPISODE = "episode";

    /** Thread link: owns this thread container (the thread that opened a scope or executor). */
    public static final String CONTAINER_OWNER = "container-owner";

    /** Object link: a condition belongs to this lock. */
    public static final String LOCK = "lock";

    /** Object link: a pool takes its work from this queue. */
    public static final String QUEUE = "queue";

    /** Object link: a pool or queue holds this task, which nobody has started. */
    public static final String QUEUED = "queued";

    /** Object link: running this task completes that future. */
    public static final String COMPLETES = "completes";

    /** Object link: this future triggers that one when it is done. */
    public static final String DEPENDENT = "dependent";

    /** Object link: parent of a thread container. */
    public static final String PARENT = "parent";

    /** Number: permits, count, parties or state of a synchronizer, as its own class counts them. */
    public static final String COUNT = "count";

    /** Number: how many threads hold the read half. */
    public static final String READERS = "readers";

    /** Number: how many elements there are. */
    public static final String SIZE = "size";

    /** Number: how many there can be. */
    public static final String CAPACITY = "capacity";

    /** Number: 1 if done, 0 if not. */
    public static final String DONE = "done";

    /** Number: how many worker threads a pool may have at most. */
    public static final String MAX_WORKERS = "max-workers";

    /** Text: what the program or the JDK calls it. */
    public static final String NAME = "name";

    /** Text: the method of the program that a queued lambda or task will run. */
    public static final String USER_METHOD = "user-method";

    private Relation() {}
}
