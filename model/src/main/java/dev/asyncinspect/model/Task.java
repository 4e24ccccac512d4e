package dev.asyncinspect.model;

import org.jspecify.annotations.Nullable;

/**
 * A unit of asynchronous work.
 *
 * @param id ours; the same for the same thread of a JVM in every snapshot, see {@code docs/decisions}
 * @param name its name, empty if it has none
 * @param kind what sort of work
 * @param state where it stands in its life
 * @param stack its frames, innermost first; empty if not captured
 * @param waiting what it waits for; null unless it waits and the source tells
 * @param thread what the JVM says about its thread; null if it has none of its own
 * @param life what a recording says of its life so far; null unless the source is one
 */
public record Task(
        long id,
        String name,
        TaskKind kind,
        TaskState state,
        StackTrace stack,
        @Nullable Wait waiting,
        @Nullable ThreadAttributes thread,
        @Nullable TaskLife life) {

    public Task {
        if (waiting != null && state != TaskState.BLOCKED) {
            throw new IllegalArgumentException("task #" + id + " waits but is " + state);
        }
    }

    /** A task of whose life nothing was recorded. */
    public Task(
            long id,
            String name,
            TaskKind kind,
            TaskState state,
            StackTrace stack,
            @Nullable Wait waiting,
            @Nullable ThreadAttributes thread) {
        this(id, name, kind, state, stack, waiting, thread, null);
    }

    /** The same, waiting for something else; it is blocked if it waits. */
    public Task withWait(@Nullable Wait other) {
        TaskState now = other == null ? state : TaskState.BLOCKED;
        return new Task(id, name, kind, now, stack, other, thread, life);
    }

    /** The same with other frames. */
    public Task withStack(StackTrace other) {
        return new Task(id, name, kind, state, other, waiting, thread, life);
    }

    /** The same with another account of its thread. */
    public Task withThread(@Nullable ThreadAttributes other) {
        return new Task(id, name, kind, state, stack, waiting, other, life);
    }

    /** What a person calls it: {@code Task #12 'transfer-1' (virtual)}. */
    public String label() {
        return label(id, name, kind);
    }

    static String label(long id, String name, TaskKind kind) {
        return "Task " + TaskNumber.text(id) + (name.isEmpty() ? "" : " '" + name + "'") + " (" + kind.label() + ")";
    }
}
