package dev.asyncinspect.agent.recording;

import dev.asyncinspect.core.fold.Selection;

/**
 * What a recording is to have.
 *
 * @param eventBytes memory for the events of the last while
 * @param sites whether to record the line that submits a task, which costs some microseconds each
 * @param locks whether to record who takes locks and where, which costs as much each
 * @param context whether to record which keys are put into logging contexts
 * @param selection what is kept of what is recorded
 * @param mode the mode that the settings come from, for people
 */
public record RecordingPlan(
        long eventBytes, boolean sites, boolean locks, boolean context, Selection selection, String mode) {

    private static final int MEGABYTE_LOG = 20;

    /** For people: {@code mode production, one task in 10, at most 500 tasks at a time, awaits on, sites off, 8 MB of last events}. */
    String text() {
        int oneIn = selection.oneIn();
        int most = selection.mostTasks();
        return "mode " + mode
                + ", " + (oneIn == 1 ? "every task" : "one task in " + oneIn)
                + (most == Selection.ANY_NUMBER ? "" : ", at most " + most + " at a time")
                + ", awaits " + onOff(selection.awaits())
                + ", sites " + onOff(sites)
                + ", " + memory() + " of last events";
    }

    private String memory() {
        long megabytes = eventBytes >> MEGABYTE_LOG;
        return megabytes > 0 ? megabytes + " MB" : eventBytes + " bytes";
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }
}
