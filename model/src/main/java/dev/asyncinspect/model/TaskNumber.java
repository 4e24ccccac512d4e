package dev.asyncinspect.model;

import dev.asyncinspect.core.event.EventLayout;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number of a task as people read and write it: {@code #12} of a thread, {@code #T0} of a recorded task that is no thread. */
public final class TaskNumber {

    /*
     * Ids of recorded tasks begin far above those of all threads, so that the two are never mixed up. Thirteen digits of which ten are the
     * same cannot be told apart at a glance, so texts count from there. The JSON keeps the id.
     */

    private static final Pattern FORM = Pattern.compile("#?([Tt]?)(\\d{1,18})");

    private TaskNumber() {}

    /** {@code #12} or {@code #T0}. */
    public static String text(long id) {
        return id < EventLayout.FIRST_TASK_ID ? "#" + id : "#T" + (id - EventLayout.FIRST_TASK_ID);
    }

    /**
     * The id that is meant by {@code 12}, {@code T0}, {@code #T0} or the id itself.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static long parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no task; write 12 for a thread, T0 for a recorded task");
        }
        long number = Long.parseLong(form.group(2));
        return form.group(1).isEmpty() ? number : EventLayout.FIRST_TASK_ID + number;
    }
}
