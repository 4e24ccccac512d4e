package dev.asyncinspect.cli;

import dev.asyncinspect.analysis.Finding;
import dev.asyncinspect.model.History;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One JVM in an answer.
 *
 * @param history what was seen of it
 * @param shown the part of the newest snapshot that the answer shows
 * @param findings what is wrong; null if the command does not ask
 * @param tasksLeftOut how many tasks would belong here but for a limit
 * @param before what the JVM recorded before; null if it does not record
 */
record Observed(
        History history,
        Snapshot shown,
        @Nullable List<Finding> findings,
        int tasksLeftOut,
        @Nullable Recording before) {

    static Observed part(History history, Snapshot shown) {
        return new Observed(history, shown, null, 0, null);
    }

    static Observed whole(Diagnosis diagnosis) {
        return new Observed(
                diagnosis.history(), diagnosis.history().latest(), diagnosis.findings(), 0, diagnosis.before());
    }
}
