package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Source;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskKind;
import dev.asyncinspect.model.TaskState;
import dev.asyncinspect.model.ThreadAttributes;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code carrier-starvation}, second form: every carrier is kept by a virtual thread that waits and is pinned, so that the one
 * which could let them go on gets none.
 */
final class PinnedCarriers implements Question {

    /*
     * Before JDK 24 a virtual thread that parks inside synchronized keeps its carrier (JEP 491 ended that; native frames
     * still do it). If all carriers are kept so, a lock that was released stays unused for ever: its heir is runnable and
     * has no carrier. Nothing names the missing carrier, so it is concluded from all of these, in every sample: the mounted
     * threads are the same, each in the same act of waiting without a timeout; no thread of the scheduler is idle; the same
     * unmounted threads are runnable at the same place.
     */

    @Override
    public List<Finding> ask(Samples samples) {
        Snapshot snapshot = samples.latest();
        if (!samples.several() || snapshot.source().distance() != Source.Distance.ATTACH) {
            return List.of();
        }
        List<Task> pinned = new ArrayList<>();
        List<Task> runnable = new ArrayList<>();
        for (Task task : snapshot.tasks()) {
            if (task.kind() == TaskKind.VIRTUAL_THREAD && isMounted(task)) {
                if (!waitsForEver(task) || !samples.samePlace(task)) {
                    return List.of();
                }
                pinned.add(task);
            } else if (task.kind() == TaskKind.VIRTUAL_THREAD
                    && task.state() == TaskState.SCHEDULED
                    && samples.samePlace(task)) {
                runnable.add(task);
            }
        }
        boolean starved = !pinned.isEmpty() && !runnable.isEmpty() && noCarrierIsIdle(snapshot, pinned);
        return starved ? List.of(finding(samples, pinned, runnable)) : List.of();
    }

    private static boolean isMounted(Task task) {
        ThreadAttributes thread = task.thread();
        return thread != null && thread.carrierId() != ThreadAttributes.NONE;
    }

    private static boolean waitsForEver(Task task) {
        Wait wait = task.waiting();
        return task.state() == TaskState.BLOCKED && wait != null && wait.bound() == Bound.UNBOUNDED;
    }

    /** Carriers are known by their names, which differ in a number only; all of them must carry one of these threads. */
    private static boolean noCarrierIsIdle(Snapshot snapshot, List<Task> pinned) {
        Set<Long> carriers = new HashSet<>();
        for (Task task : pinned) {
            ThreadAttributes thread = task.thread();
            if (thread != null) {
                carriers.add(thread.carrierId());
            }
        }
        Set<String> names = carriers.stream()
                .map(snapshot::task)
                .map(carrier -> carrier == null ? "" : withoutNumber(carrier))
                .collect(Collectors.toSet());
        return snapshot.tasks().stream()
                .filter(task -> task.kind() == TaskKind.PLATFORM_THREAD && names.contains(withoutNumber(task)))
                .allMatch(task -> carriers.contains(task.id()));
    }

    private static String withoutNumber(Task carrier) {
        return carrier.name().replaceAll("\\d+$", "");
    }

    private static Finding finding(Samples samples, List<Task> pinned, List<Task> runnable) {
        Set<String> places = new LinkedHashSet<>();
        for (Task task : pinned) {
            Frame place = Stacks.place(task.stack());
            if (place != null) {
                places.add(place.toString());
            }
        }
        String where = Words.firstOf(List.copyOf(places), 3);
        List<Link> chain = new ArrayList<>();
        for (Task task : pinned) {
            Wait wait = task.waiting();
            if (wait != null) {
                chain.add(new Link(task.id(), wait.resourceId(), null, List.of()));
            }
        }
        return new Finding(
                FindingKind.CARRIER_STARVATION,
                Confidence.LIKELY,
                samples.basis(),
                Words.count(pinned.size(), "virtual thread") + " wait at " + where
                        + " and keep all carriers meanwhile; "
                        + Words.count(runnable.size(), "runnable virtual thread")
                        + (runnable.size() == 1 ? " gets" : " get")
                        + " none, and what they wait for may need just that.",
                chain,
                false,
                pinned.stream().map(Task::id).toList(),
                runnable.stream().map(Task::id).toList(),
                chain.stream().map(Link::resourceId).distinct().toList(),
                List.of(
                        Evidence.observed(
                                "the same virtual threads are mounted and wait without a timeout in every sample"),
                        Evidence.observed(
                                "no carrier is idle, and the same virtual threads are runnable in every sample: "
                                        + Words.firstOf(
                                                runnable.stream()
                                                        .map(Task::label)
                                                        .toList(),
                                                3))),
                "what they wait for comes from somewhere else than these virtual threads",
                List.of(
                        "Do not wait inside synchronized at " + where
                                + ": use a ReentrantLock there, or move the wait out of it.",
                        "JDK 24 and later no longer pin a virtual thread there (JEP 491).",
                        "As a stopgap raise -Djdk.virtualThreadScheduler.parallelism."));
    }
}
