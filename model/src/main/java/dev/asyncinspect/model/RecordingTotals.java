package dev.asyncinspect.model;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A recording in numbers, for which it need not be kept whole.
 *
 * @param about the recording without its tasks and resources
 * @param sites its tasks by the place that created them, in no order
 * @param slowest those that were there longest, longest first
 */
public record RecordingTotals(Recording about, List<SiteTotals> sites, List<TaskTotals> slowest) {

    public RecordingTotals {
        sites = List.copyOf(sites);
        slowest = List.copyOf(slowest);
    }

    /** How many tasks. */
    public long tasks() {
        return about.completeness().threadsSeen();
    }

    /** How many tasks stood in each state at the end. */
    public Map<TaskState, Long> states() {
        Map<TaskState, Long> all = new EnumMap<>(TaskState.class);
        sites.forEach(site -> site.states().forEach((state, tasks) -> all.merge(state, tasks, Long::sum)));
        return all;
    }
}
