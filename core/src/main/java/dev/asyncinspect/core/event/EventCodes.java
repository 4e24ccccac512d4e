package dev.asyncinspect.core.event;

/**
 * The codes in the flags of events. They are written to files: new ones are added, none is ever changed. 0 is unknown in each group.
 */
public final class EventCodes {

    /** Kind of task: a {@code java.lang.VirtualThread}. */
    public static final int VIRTUAL_THREAD = 1;
    /** Kind of task: a thread that the operating system schedules. */
    public static final int PLATFORM_THREAD = 2;
    /** Kind of task: handed to an executor. */
    public static final int EXECUTOR_TASK = 3;
    /** Kind of task: a stage of a {@code CompletionStage}. */
    public static final int FUTURE_STAGE = 4;
    /** Kind of task: a Kotlin coroutine. */
    public static final int COROUTINE = 5;
    /** Kind of task: a subscription of a reactive library. */
    public static final int REACTIVE_SUBSCRIPTION = 6;
    /** Kind of task: a loop that runs the events of many connections. */
    public static final int EVENT_LOOP = 7;
    /** Kind of task: a fork of a {@code StructuredTaskScope}. */
    public static final int SCOPE_FORK = 8;
    /** Kind of task: named by the program itself. */
    public static final int MANUAL = 9;

    /** Why a poll ended: parked without a timeout. */
    public static final int PARK = 1;
    /** Why a poll ended: parked with a timeout, or sleeps. */
    public static final int TIMED_PARK = 2;
    /** Why a poll ended: gave way, and is runnable. */
    public static final int YIELD = 3;
    /** Why a poll ended: wants a monitor. */
    public static final int BLOCK = 4;
    /** Why a poll ended: {@code Object.wait}. */
    public static final int WAIT = 5;
    /** Why a poll ended: {@code Object.wait} with a timeout. */
    public static final int TIMED_WAIT = 6;
    /** Why a poll ended: the task returned or threw. */
    public static final int RETURN = 7;

    /** Flag of an await: it has a timeout. */
    public static final int AWAIT_TIMED = 1;
    /** Flag of an await: the task does not run until AWAIT_END, and no POLL_END says so. */
    public static final int AWAIT_ENDS_POLL = 2;
    /** Flag of an await: the task keeps what others could run on meanwhile, a virtual thread its carrier. */
    public static final int AWAIT_PINNED = 4;

    /** How an await ended: it got what it waited for. */
    public static final int AWAIT_GOT = 1;
    /** How an await ended: its time was up. */
    public static final int AWAIT_TIMED_OUT = 2;
    /** How an await ended: a throwable, interruption and cancellation included. */
    public static final int AWAIT_THREW = 3;

    /** How a task became runnable: {@code LockSupport.unpark}. */
    public static final int UNPARK = 1;
    /** How a task became runnable: a timeout ran out. */
    public static final int TIMEOUT = 2;
    /** How a task became runnable: a monitor came free, or it was notified. */
    public static final int MONITOR_FREE = 3;
    /** How a task became runnable: started, or handed to an executor. */
    public static final int SUBMITTED = 4;
    /** How a task became runnable: what it waited for was completed. */
    public static final int COMPLETION = 5;
    /** How a task became runnable: it gave way itself. */
    public static final int YIELDED = 6;

    /** Outcome of a task: returned. */
    public static final int COMPLETED = 1;
    /** Outcome of a task: threw; the symbol is class and message of the throwable. */
    public static final int FAILED = 2;
    /** Outcome of a task: nobody wanted it any longer. */
    public static final int CANCELLED = 3;

    /** How something is held: by one. */
    public static final int EXCLUSIVE = 1;
    /** How something is held: together with other readers. */
    public static final int SHARED = 2;
    /** How something is held: some of its permits. */
    public static final int PERMITS = 3;
    /** RELEASED only: signals what others wait for, such as a latch or queue, without having held it. */
    public static final int SIGNAL = 4;
    /** Flag of ACQUIRED, beside how it is held: whoever took it would have gone on without it, at once or after a while. */
    public static final int TRIED = 8;

    /** How tasks are linked: the task is derived from the other, as a stage from its source. */
    public static final int DERIVED_FROM = 1;
    /** How tasks are linked: the task waits for the end of the other. */
    public static final int AWAITS = 2;
    /** How tasks are linked: the task sent the other a message. */
    public static final int SENT_TO = 3;
    /** How tasks are linked: data flows from the task to the other. */
    public static final int DATA_FLOW = 4;
    /** How tasks are linked: the task depends on the other, says the program. */
    public static final int DEPENDS_ON = 5;
    /** How tasks are linked: the other is the thread of the task. */
    public static final int RUNS_ON = 6;
    /** How a task is linked to its thread: it put a value under the key in the label into the logging context of the thread. */
    public static final int CONTEXT_PUT = 7;
    /** How a task is linked to its thread: it took the key in the label out of the logging context of the thread. */
    public static final int CONTEXT_REMOVED = 8;
    /** How a task is linked to its thread: it emptied the logging context of the thread. */
    public static final int CONTEXT_CLEARED = 9;
    /** How a task is linked to its thread: what is in logging contexts from now on is not known, because threads inherit them, say. */
    public static final int CONTEXT_UNCLEAR = 10;
    /** How a task is linked to a pool: its workers are to run it. The other is a resource, and no task. */
    public static final int RUN_BY = 11;
    /** How a task is linked to a scoped value: it was bound where the task was created. The other is the hash of the value's key, unsigned. */
    public static final int SCOPED_BOUND = 12;
    /**
     * How a task is linked to a scoped value: it called {@code get} and the value was not bound. The other is the hash of its key, unsigned;
     * the label its name and the line, for people.
     */
    public static final int SCOPED_UNBOUND = 13;
    /** How a task, or the very thread that is meant, is linked to a future: its end completes it. The other is a resource, and no task. */
    public static final int COMPLETES = 14;

    /** Kind of resource: a lock with one owner. */
    public static final int LOCK = 1;
    /** Kind of resource: the monitor of an object. */
    public static final int MONITOR = 2;
    /** Kind of resource: a read-write lock. */
    public static final int READ_WRITE_LOCK = 3;
    /** Kind of resource: permits. */
    public static final int SEMAPHORE = 4;
    /** Kind of resource: a latch, barrier, phaser or exchanger. */
    public static final int LATCH = 5;
    /** Kind of resource: a condition. */
    public static final int CONDITION = 6;
    /** Kind of resource: a queue or channel. */
    public static final int QUEUE = 7;
    /** Kind of resource: a future or stage. */
    public static final int FUTURE = 8;
    /** Kind of resource: the workers of an executor. */
    public static final int POOL = 9;
    /** Kind of resource: the carriers of virtual threads. */
    public static final int CARRIER_POOL = 10;
    /** Kind of resource: an event loop, as what others wait for. */
    public static final int LOOP = 11;
    /** Kind of resource: pooled connections. */
    public static final int CONNECTION_POOL = 12;
    /** Kind of resource: the initialisation of a class. */
    public static final int CLASS_INIT = 13;
    /** Kind of resource: the end of a thread. */
    public static final int THREAD_END = 14;
    /** Kind of resource: time. */
    public static final int SLEEP = 15;
    /** Kind of resource: a socket, a file, a process. */
    public static final int IO = 16;

    /** Why events are missing: the buffer was full. */
    public static final int BUFFER_FULL = 1;
    /** Why events are missing: older ones made room for newer ones. */
    public static final int EVICTED = 2;
    /** Why events are missing: a slow reader did not take them. */
    public static final int SLOW_READER = 3;
    /** Why events are missing: some tasks are not followed, as was wished; the number is that of tasks. */
    public static final int NOT_FOLLOWED = 4;
    /** Why events are missing: acts of waiting are not told, as was wished; there is no number. */
    public static final int AWAITS_UNTOLD = 5;

    private EventCodes() {}

    /** Whether what is missing for this reason was wished to be left out: what is told of tasks is whole. */
    public static boolean isWished(int why) {
        return why == NOT_FOLLOWED || why == AWAITS_UNTOLD;
    }
}
