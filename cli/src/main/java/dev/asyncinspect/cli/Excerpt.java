package dev.asyncinspect.cli;

import dev.asyncinspect.analysis.Finding;
import dev.asyncinspect.model.History;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.StackTrace;
import dev.asyncinspect.model.Task;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Cuts what was seen down to what matters and to a size that stays bounded, however big the program is. */
final class Excerpt {

    private static final int FINDINGS = 20;
    private static final int IDS_OF_A_FINDING = 50;
    private static final int TASKS = 200;
    private static final int FRAMES = 40;

    private Excerpt() {}

    /** The findings, with the tasks that they are about. */
    static Observed of(Diagnosis diagnosis) {
        Set<Long> ids = new LinkedHashSet<>();
        for (Finding finding : diagnosis.findings()) {
            ids.addAll(finding.tasks());
            ids.addAll(finding.victims());
        }
        Snapshot whole = diagnosis.history().latest();
        List<Task> tasks =
                ids.stream().map(whole::task).flatMap(Stream::ofNullable).toList();
        return of(diagnosis.history(), tasks, 0, TASKS, findings(diagnosis), diagnosis.before());
    }

    /** These of its tasks, from this one on and at most so many. */
    static Observed of(History history, List<Task> tasks, int from, int most) {
        return of(history, tasks, from, most, null, null);
    }

    private static Observed of(
            History history,
            List<Task> tasks,
            int from,
            int most,
            @Nullable List<Finding> findings,
            @Nullable Recording before) {
        Snapshot shown = cut(history.latest(), tasks, from, most);
        return new Observed(
                history, shown, findings, tasks.size() - shown.tasks().size(), before);
    }

    private static List<Finding> findings(Diagnosis diagnosis) {
        return diagnosis.findings().stream().limit(FINDINGS).map(Excerpt::cut).toList();
    }

    /** With the resources that these tasks wait for or hold. */
    private static Snapshot cut(Snapshot whole, List<Task> tasks, int from, int most) {
        List<Task> some = tasks.stream()
                .skip(from)
                .limit(Math.min(most, TASKS))
                .map(Excerpt::cut)
                .toList();
        Set<Long> ids = new HashSet<>();
        Set<Long> awaited = new HashSet<>();
        for (Task task : some) {
            ids.add(task.id());
            if (task.waiting() != null) {
                awaited.add(task.waiting().resourceId());
            }
        }
        return whole.withTasks(some)
                .withResources(whole.resources().stream()
                        .filter(resource -> awaited.contains(resource.id()) || isHeldByAny(resource, ids))
                        .limit(2L * TASKS)
                        .toList());
    }

    private static boolean isHeldByAny(Resource resource, Collection<Long> ids) {
        for (Hold hold : resource.knownHolders()) {
            if (ids.contains(hold.taskId())) {
                return true;
            }
        }
        return false;
    }

    private static Task cut(Task task) {
        return task.stack().frames().size() <= FRAMES
                ? task
                : task.withStack(StackTrace.of(task.stack().frames().subList(0, FRAMES)));
    }

    private static Finding cut(Finding finding) {
        return new Finding(
                finding.kind(),
                finding.confidence(),
                finding.basis(),
                finding.sentence(),
                first(finding.chain()),
                finding.cycle(),
                first(finding.tasks()),
                first(finding.victims()),
                first(finding.resources()),
                finding.evidence(),
                finding.innocent(),
                finding.suggestions());
    }

    private static <T> List<T> first(List<T> all) {
        return all.subList(0, Math.min(all.size(), IDS_OF_A_FINDING));
    }
}
