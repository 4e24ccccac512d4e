package dev.asyncinspect.analysis;

import dev.asyncinspect.model.CodeSite;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.TaskHistory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What questions about recordings have in common. */
final class Recorded {

    /** How many moments of a recording are looked at to tell growth. */
    static final int MOMENTS = 8;

    /** Tasks named in a finding at most; the sentence tells how many there are. */
    static final int TASKS = 100;

    private Recorded() {}

    /** The tasks by the place where they were created; those of unknown origin are left out. */
    static Map<CodeSite, List<TaskHistory>> bySite(Recording recording) {
        Map<CodeSite, List<TaskHistory>> groups = new LinkedHashMap<>();
        for (TaskHistory task : recording.tasks()) {
            CodeSite site = task.createdAt().orNull();
            if (site != null) {
                groups.computeIfAbsent(site, s -> new ArrayList<>()).add(task);
            }
        }
        return groups;
    }

    /** The ends of equal parts of the recording. */
    static long[] moments(Recording recording) {
        return LongStream.rangeClosed(1, MOMENTS)
                .map(part -> recording.lengthNanos() / MOMENTS * part)
                .toArray();
    }

    /** Whether there are more each time than the time before. */
    static boolean grows(long[] counts) {
        for (int i = 1; i < counts.length; i++) {
            if (counts[i] <= counts[i - 1]) {
                return false;
            }
        }
        return true;
    }

    static long count(List<TaskHistory> tasks, Predicate<TaskHistory> fits) {
        return tasks.stream().filter(fits).count();
    }

    /** The smallest value that this part of all do not exceed; 0 if there are none. */
    static long percentile(long[] values, double part) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return percentileOfSorted(sorted, part);
    }

    /** The same of values in order. */
    static long percentileOfSorted(long[] sorted, double part) {
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(part * sorted.length) - 1)];
    }

    static List<Long> ids(List<TaskHistory> tasks) {
        return tasks.stream().limit(TASKS).map(TaskHistory::id).toList();
    }

    static String time(long nanos) {
        return Durations.text(Duration.ofNanos(nanos));
    }

    static String place(@Nullable CodeSite site) {
        return site == null ? "an unknown place" : site.toString();
    }
}
