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
 * @param budget part of one processor that recording may take, 0 for any: with more, fewer tasks are followed
 * @param mode the mode that the settings come from, for people
 */
public record RecordingPlan(
        long eventBytes,
        boolean sites,
        boolean locks,
        boolean context,
        Selection selection,
        double budget,
        String mode) {

    private static final int MEGABYTE_LOG = 20;

    private static final int PER_CENT = 100;

    /**
     * For people: {@code mode production, one task in 10, at most 500 tasks at a time, awaits on, sites off, 8 MB of last events, budget 1 % of
     * one processor (0.4 % in the last second)}.
     *
     * @param oneIn how many tasks there are now for one that is followed
     * @param part what recording took in the last second, 0 if that is not known
     */
    String text(int oneIn, double part) {
        int most = selection.mostTasks();
        return "mode " + mode
                + ", " + (oneIn == 1 ? "every task" : "one task in " + oneIn)
                + (oneIn == selection.oneIn() ? "" : " for now")
                + (most == Selection.ANY_NUMBER ? "" : ", at most " + most + " at a time")
                + ", awaits " + onOff(selection.awaits())
                + ", sites " + onOff(sites)
                + ", " + memory() + " of last events"
                + (budget > 0 ? ", budget " + perCent(budget) + " of one processor" : "")
                + (part > 0 ? " (" + perCent(part) + " in the last second)" : "");
    }

    private static String perCent(double part) {
        double perCent = Math.round(part * PER_CENT * PER_CENT) / (double) PER_CENT;
        return (perCent == Math.rint(perCent) ? String.valueOf((long) perCent) : String.valueOf(perCent)) + " %";
    }

    private String memory() {
        long megabytes = eventBytes >> MEGABYTE_LOG;
        return megabytes > 0 ? megabytes + " MB" : eventBytes + " bytes";
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }
}
