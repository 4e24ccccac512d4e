package dev.asyncinspect.model;

import dev.asyncinspect.core.TaskInfo;

/** The states of one task one after another, as the fold tells them: each is handed on when it is over. */
final class States {

    /** Takes what is over. */
    @FunctionalInterface
    interface Sink {

        /** The task was in this state from one moment to another; {@code thread} ran it, 0 if it did not run or nobody said. */
        void was(TaskState state, long from, long to, long thread);
    }

    private final Sink sink;
    private TaskInfo last;
    private TaskState state;
    private long sinceNanos;

    /** Moments are those of the fold less {@code base}. */
    States(TaskInfo first, long base, Sink sink) {
        this.sink = sink;
        this.last = first;
        this.state = state(first);
        this.sinceNanos = first.createdNanos() - base;
    }

    /** What the fold says now. */
    void look(TaskInfo now, long base) {
        long since = Math.max(sinceNanos, now.stateSinceNanos() - base);
        boolean polledAgain = now.polls() != last.polls() && state == TaskState.RUNNING;
        if (state(now) != state || polledAgain) {
            close(since);
            state = state(now);
        }
        last = now;
    }

    private void close(long until) {
        if (until > sinceNanos || state == TaskState.RUNNING) {
            sink.was(state, sinceNanos, until, thread());
        }
        sinceNanos = until;
    }

    private long thread() {
        return state == TaskState.RUNNING ? last.threadId() : 0;
    }

    /** The fold no longer follows it: from now on nobody knows. False if that makes no difference. */
    boolean lost(long moment) {
        if (state == TaskState.UNKNOWN || state.isOver()) {
            return false;
        }
        close(Math.max(sinceNanos, moment));
        state = TaskState.UNKNOWN;
        return true;
    }

    /** Hands the state it is in to this sink, which goes on to the end unless the task is over. */
    void last(long end, Sink to) {
        to.was(state, sinceNanos, state.isOver() ? sinceNanos : Math.max(sinceNanos, end), thread());
    }

    /** What the fold said last. */
    TaskInfo info() {
        return last;
    }

    /** Whether it was there before the recording began. */
    boolean isMissed() {
        return last.kind() == dev.asyncinspect.core.TaskKind.UNKNOWN;
    }

    boolean isOver() {
        return state.isOver();
    }

    private static TaskState state(TaskInfo info) {
        return TaskState.valueOf(info.state().name());
    }
}
