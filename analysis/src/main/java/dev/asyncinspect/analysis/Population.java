package dev.asyncinspect.analysis;

import dev.asyncinspect.model.CodeSite;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.TaskHistory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The tasks of one place and how their number changed over a recording.
 *
 * @param site the place that created them
 * @param created how many it created
 * @param ended how many have ended
 * @param living how many lived at the end of each eighth of the recording
 */
public record Population(CodeSite site, long created, long ended, List<Long> living) {

    public Population {
        living = List.copyOf(living);
    }

    /** The places whose tasks still live at the end, most first. */
    public static List<Population> of(Recording recording) {
        long[] moments = Recorded.moments(recording);
        moments[moments.length - 1] = recording.lengthNanos();
        List<Population> all = new ArrayList<>();
        Recorded.bySite(recording).forEach((site, tasks) -> {
            List<Long> living = Arrays.stream(moments)
                    .mapToObj(moment -> Recorded.count(tasks, task -> task.livesAt(moment)))
                    .toList();
            if (living.get(living.size() - 1) > 0) {
                all.add(new Population(site, tasks.size(), Recorded.count(tasks, Population::isOver), living));
            }
        });
        all.sort(Comparator.comparingLong((Population one) -> -one.livingNow()));
        return all;
    }

    private static boolean isOver(TaskHistory task) {
        return task.state().isOver();
    }

    /** How many live at the end. */
    public long livingNow() {
        return living.get(living.size() - 1);
    }

    /** How many more than after the first eighth. */
    public long growth() {
        return livingNow() - living.get(0);
    }
}
