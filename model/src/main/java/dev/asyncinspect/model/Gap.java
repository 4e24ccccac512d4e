package dev.asyncinspect.model;

import java.util.Locale;

/**
 * Something that a snapshot could not see.
 *
 * @param what what is missing: {@code owners of java.util.concurrent locks of virtual threads}
 * @param remedy how to see it: {@code attach to see}; empty if there is no way
 */
public record Gap(String what, String remedy) {

    private static final String ALL_TASKS = "record with sample=1, overhead=0 and no max-tasks";
    private static final String AWAITS = "record with awaits=on";

    /** So many of a sort: {@code 1,234 events} and what became of them. */
    public static Gap of(long number, String noun, String rest, String remedy) {
        return new Gap(String.format(Locale.ROOT, "%,d %s%s%s", number, noun, number == 1 ? "" : "s", rest), remedy);
    }

    /** Tasks that were not followed, because that was wished. */
    static Gap notFollowed(long tasks) {
        String what = " that " + (tasks == 1 ? "was" : "were") + " not followed";
        return tasks == 0 ? new Gap("tasks that were not followed", ALL_TASKS) : of(tasks, "task", what, ALL_TASKS);
    }

    /** Acts of waiting, because that was wished. */
    static Gap awaitsUntold() {
        return new Gap("at what tasks wait", AWAITS);
    }

    /** Whether it was wished to leave it out. */
    boolean isWished() {
        return remedy.equals(ALL_TASKS) || remedy.equals(AWAITS);
    }

    @Override
    public String toString() {
        return remedy.isEmpty() ? what : what + " (" + remedy + ")";
    }
}
