package dev.asyncinspect.analysis;

import dev.asyncinspect.model.CodeSite;
import dev.asyncinspect.model.RecordingTotals;
import dev.asyncinspect.model.SiteTotals;
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

    /** The places whose tasks still live at the end, most first; of totals with details. */
    public static List<Population> of(RecordingTotals totals) {
        long[] moments = Recorded.moments(totals.about());
        moments[moments.length - 1] = totals.about().lengthNanos();
        List<Population> all = new ArrayList<>();
        for (SiteTotals one : totals.sites()) {
            CodeSite site = one.site();
            List<Long> living = Arrays.stream(one.livingAt(moments)).boxed().toList();
            if (site != null && living.get(living.size() - 1) > 0) {
                all.add(new Population(site, one.tasks(), one.over(), living));
            }
        }
        all.sort(Comparator.comparingLong((Population one) -> -one.livingNow())
                .thenComparing(one -> one.site().text()));
        return all;
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
