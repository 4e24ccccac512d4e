package dev.asyncinspect.model;

/**
 * One task in numbers.
 *
 * @param id as in {@link Task#id}
 * @param name its name, empty if it has none
 * @param kind what sort of work
 * @param state where it stood when the recording ended
 * @param lifeNanos from its creation to its end, or to that of the recording
 * @param runningNanos how long it ran
 * @param polls how often it began to run
 */
public record TaskTotals(
        long id, String name, TaskKind kind, TaskState state, long lifeNanos, long runningNanos, long polls) {

    /** What a person calls it: {@code Task #12 'transfer-1' (virtual)}. */
    public String label() {
        return Task.label(id, name, kind);
    }
}
