package dev.asyncinspect.core.rows;

/** The names under which rows say something of an object. A new name is no new version. */
public final class Relation {

    /** Thread link: owns the lock exclusively. */
    public static final String OWNER = "owner";

    /** Thread link: is in the monitor of this object. */
    public static final String MONITOR_OWNER = "monitor-owner";

    /** Thread link: waits to enter the monitor of this object. */
    public static final String BLOCKED = "blocked";

    /** Thread link: holds the read half of a read-write lock. */
    public static final String READER = "reader";

    /** Thread link: runs the body of this future or queued task now, or was forked in this scope. */
    public static final String RUNNER = "runner";

    /** Thread link: is a worker of this pool. */
    public static final String WORKER = "worker";

    /** Thread link: waits in this object. */
    public static final String WAITER = "waiter";

    /** Thread link: exists for exactly one act of waiting of this thread, such as its node in the queue of a lock. */
    public static final String EPISODE = "episode";

    /** Thread link: a way begins at this thread, or at work that it may come to run. */
    public static final String BEGINS = "begins";

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

    /** Object link: this task, which nobody has started, refers to what somebody waits at. */
    public static final String REFERS = "refers";

    /** Object link: is only the means by which threads wait for that. */
    public static final String AWAITS = "awaits";

    /** Object link: whoever waits at this waits for the end of that pool and of all its workers. */
    public static final String ENDS = "ends";

    /** Object link: whoever parks at this to put something waits for room in that queue. */
    public static final String ROOM = "room";

    /** Object link: a way from threads leads to that queue. */
    public static final String LEADS_TO = "leads-to";

    /** Object link: parent of a thread container. */
    public static final String PARENT = "parent";

    /** Number: permits, count, parties or state of a synchronizer, as its own class counts them. */
    public static final String COUNT = "count";

    /** Number: how many threads hold the read half. */
    public static final String READERS = "readers";

    /** Number: 1 if the write half is held, 0 if not. */
    public static final String WRITERS = "writers";

    /** Number: which phase a phaser is in. */
    public static final String PHASE = "phase";

    /** Number: how many parties a phaser waits for in each phase. */
    public static final String PARTIES = "parties";

    /** Number: how many of them have come in this phase. */
    public static final String ARRIVED = "arrived";

    /** Number: how many threads wait to hand something over. */
    public static final String GIVERS = "givers";

    /** Number: how many threads wait to be handed something. */
    public static final String TAKERS = "takers";

    /** Number: 1 if a timer ends the wait for this, 0 if none does. */
    public static final String TIMED = "timed";

    /** Number: nanoseconds until it is due. */
    public static final String DUE_NANOS = "due-nanos";

    /** Number: how many elements there are. */
    public static final String SIZE = "size";

    /** Number: how many there can be. */
    public static final String CAPACITY = "capacity";

    /** Number: 1 if done, 0 if not. */
    public static final String DONE = "done";

    /** Number: how many worker threads a pool may have at most. */
    public static final String MAX_WORKERS = "max-workers";

    /** Number: how many worker threads a pool has, those that are just being started included. */
    public static final String WORKERS = "workers";

    /** Number: below how many worker threads a pool makes another one when work comes. */
    public static final String PARALLELISM = "parallelism";

    /** Number: 1 if threads that are no workers of it may run its work as well, such as those that join a task. */
    public static final String HELPED = "helped";

    /** Number: of a way, how many references away from its beginning the owner of its last field is. */
    public static final String STEPS = "steps";

    /** Number: 1 if of what is parked at here all ways to its queue were looked for. */
    public static final String ALL_WAYS = "all-ways";

    /** Text: the last field of a way, with the class that has it; empty for an element of an array. */
    public static final String FIELD = "field";

    /** Text: what the program or the JDK calls it. */
    public static final String NAME = "name";

    /** Text: the method of the program that a queued lambda or task will run. */
    public static final String USER_METHOD = "user-method";

    private Relation() {}
}
