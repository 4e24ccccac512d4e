package dev.asyncinspect.model;

import dev.asyncinspect.core.TaskInfo;

/** What one task spent, as it goes on. */
final class Tally {

    private final boolean detailed;
    private final long born;
    private final States states;
    private final Longs polls = new Longs();
    private final Longs delays = new Longs();
    private final Longs waits = new Longs();
    private long runningNanos;
    private long scheduledNanos;
    private long blockedNanos;
    private long runs;
    private TaskState state = TaskState.UNKNOWN;
    private long endedNanos = Await.STILL;

    /** Moments are those of the fold less {@code base}; {@code detailed} is whether each stretch of time counts. */
    Tally(TaskInfo first, long base, boolean detailed) {
        this.detailed = detailed;
        this.born = first.createdNanos() - base;
        this.states = new States(first, base, this::was);
    }

    States states() {
        return states;
    }

    private void was(TaskState was, long from, long to, long thread) {
        spent(was, to - from);
        if (detailed && was == TaskState.SCHEDULED) {
            delays.add(to - from);
        }
    }

    private void spent(TaskState was, long nanos) {
        switch (was) {
            case RUNNING -> {
                runningNanos += nanos;
                runs++;
                if (detailed) {
                    polls.add(nanos);
                }
            }
            case SCHEDULED -> scheduledNanos += nanos;
            case BLOCKED -> {
                blockedNanos += nanos;
                if (detailed) {
                    waits.add(nanos);
                }
            }
            case PENDING -> blockedNanos += nanos;
            default -> {}
        }
    }

    /** Nothing more comes of it: it is over, or the recording is. How long it has been runnable without a thread is not yet known. */
    void close(long end) {
        states.last(end, (was, from, to, thread) -> {
            state = was;
            endedNanos = was.isOver() ? from : Await.STILL;
            spent(was, to - from);
        });
    }

    /** Adds all of it to those of its place. */
    void addTo(SiteTotals site) {
        site.add(state, born, endedNanos, runningNanos, scheduledNanos, blockedNanos);
        site.addTimes(polls, delays, waits);
    }

    TaskTotals totals(long length) {
        TaskInfo last = states.info();
        String name = last.name();
        return new TaskTotals(
                last.id(),
                name == null ? "" : name,
                TaskKind.valueOf(last.kind().name()),
                state,
                Math.min(length, endedNanos) - born,
                runningNanos,
                runs);
    }

    /** From creation to the end, or to the end of the recording. */
    long lifeNanos(long length) {
        return Math.min(length, endedNanos) - born;
    }
}
