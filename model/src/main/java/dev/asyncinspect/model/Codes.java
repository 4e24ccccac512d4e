package dev.asyncinspect.model;

import dev.asyncinspect.core.event.EventCodes;

/** The codes of events in the words of the model; what a newer version made up is unknown. */
final class Codes {

    private Codes() {}

    static Wake.How wake(int how) {
        return switch (how) {
            case EventCodes.UNPARK -> Wake.How.UNPARK;
            case EventCodes.TIMEOUT -> Wake.How.TIMEOUT;
            case EventCodes.MONITOR_FREE -> Wake.How.MONITOR_FREE;
            case EventCodes.SUBMITTED -> Wake.How.SUBMITTED;
            case EventCodes.COMPLETION -> Wake.How.COMPLETION;
            case EventCodes.YIELDED -> Wake.How.YIELDED;
            default -> Wake.How.UNKNOWN;
        };
    }

    static TaskLink.How link(int how) {
        return switch (how) {
            case EventCodes.DERIVED_FROM -> TaskLink.How.DERIVED_FROM;
            case EventCodes.AWAITS -> TaskLink.How.AWAITS;
            case EventCodes.SENT_TO -> TaskLink.How.SENT_TO;
            case EventCodes.DATA_FLOW -> TaskLink.How.DATA_FLOW;
            case EventCodes.DEPENDS_ON -> TaskLink.How.DEPENDS_ON;
            case EventCodes.RUNS_ON -> TaskLink.How.RUNS_ON;
            case EventCodes.CONTEXT_PUT -> TaskLink.How.CONTEXT_PUT;
            case EventCodes.CONTEXT_REMOVED -> TaskLink.How.CONTEXT_REMOVED;
            case EventCodes.CONTEXT_CLEARED -> TaskLink.How.CONTEXT_CLEARED;
            case EventCodes.CONTEXT_UNCLEAR -> TaskLink.How.CONTEXT_UNCLEAR;
            case EventCodes.RUN_BY -> TaskLink.How.RUN_BY;
            case EventCodes.COMPLETES -> TaskLink.How.COMPLETES;
            case EventCodes.SCOPED_BOUND -> TaskLink.How.SCOPED_BOUND;
            case EventCodes.SCOPED_UNBOUND -> TaskLink.How.SCOPED_UNBOUND;
            default -> TaskLink.How.UNKNOWN;
        };
    }

    static AccessMode mode(int mode) {
        int held = mode & ~EventCodes.TRIED;
        return held == EventCodes.SHARED || held == EventCodes.PERMITS ? AccessMode.SHARED : AccessMode.EXCLUSIVE;
    }

    static ResourceKind resource(int kind) {
        return switch (kind) {
            case EventCodes.LOCK -> ResourceKind.LOCK;
            case EventCodes.MONITOR -> ResourceKind.MONITOR;
            case EventCodes.READ_WRITE_LOCK -> ResourceKind.READ_WRITE_LOCK;
            case EventCodes.SEMAPHORE -> ResourceKind.SEMAPHORE;
            case EventCodes.LATCH -> ResourceKind.LATCH;
            case EventCodes.CONDITION -> ResourceKind.CONDITION;
            case EventCodes.QUEUE -> ResourceKind.QUEUE;
            case EventCodes.FUTURE -> ResourceKind.FUTURE;
            case EventCodes.POOL -> ResourceKind.POOL;
            case EventCodes.CARRIER_POOL -> ResourceKind.CARRIER_POOL;
            case EventCodes.LOOP -> ResourceKind.EVENT_LOOP;
            case EventCodes.CONNECTION_POOL -> ResourceKind.CONNECTION_POOL;
            case EventCodes.CLASS_INIT -> ResourceKind.CLASS_INIT;
            case EventCodes.THREAD_END -> ResourceKind.THREAD_END;
            case EventCodes.SLEEP -> ResourceKind.SLEEP;
            case EventCodes.IO -> ResourceKind.IO;
            default -> ResourceKind.UNKNOWN;
        };
    }
}
