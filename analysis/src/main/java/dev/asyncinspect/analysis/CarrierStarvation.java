package dev.asyncinspect.analysis;

import dev.asyncinspect.model.CarrierPool;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskKind;
import dev.asyncinspect.model.ThreadAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** {@code carrier-starvation}: virtual threads are runnable, but the same others keep all carriers. */
final class CarrierStarvation implements Question {

    /*
     * Three observations, in every sample: runnable virtual threads are queued; as many virtual threads are mounted as
     * carriers may run; and they are the same ones. A virtual thread leaves its carrier whenever it waits, so one that stays
     * computes, or is pinned. The queue is asked of the JVM itself; where it does not tell (before JDK 24) nothing is said.
     */

    @Override
    public List<Finding> ask(Samples samples) {
        if (!samples.several()) {
            return List.of();
        }
        Set<Long> stayed = null;
        for (Snapshot snapshot : samples.all()) {
            CarrierPool carriers = snapshot.carriers();
            if (carriers == null || carriers.queued() == 0) {
                return List.of();
            }
            Set<Long> mounted = mounted(snapshot);
            if (stayed == null) {
                stayed = mounted;
            } else {
                stayed.retainAll(mounted);
            }
            if (stayed.size() < carriers.parallelism()) {
                return List.of();
            }
        }
        return stayed == null ? List.of() : List.of(finding(samples, stayed));
    }

    private static Set<Long> mounted(Snapshot snapshot) {
        Set<Long> mounted = new LinkedHashSet<>();
        for (Task task : snapshot.tasks()) {
            ThreadAttributes thread = task.thread();
            if (task.kind() == TaskKind.VIRTUAL_THREAD
                    && thread != null
                    && thread.carrierId() != ThreadAttributes.NONE) {
                mounted.add(task.id());
            }
        }
        return mounted;
    }

    private static Finding finding(Samples samples, Set<Long> mounted) {
        Snapshot snapshot = samples.latest();
        CarrierPool carriers = Objects.requireNonNull(snapshot.carriers());
        Set<String> places = new LinkedHashSet<>();
        for (long id : mounted) {
            Task task = snapshot.task(id);
            Frame place = task == null ? null : Stacks.place(task.stack());
            if (place != null) {
                places.add(place.toString());
            }
        }
        String where = places.isEmpty() ? "an unknown place" : Words.firstOf(List.copyOf(places), 3);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.observed("the JVM's scheduler has " + Words.count(carriers.queued(), "virtual thread")
                + " queued and a parallelism of " + carriers.parallelism()));
        evidence.add(Evidence.observed("the same " + Words.count(mounted.size(), "virtual thread")
                + " stay mounted in every sample, at " + where));
        return new Finding(
                FindingKind.CARRIER_STARVATION,
                Confidence.LIKELY,
                samples.basis().replace("same state", "same carriers taken"),
                Words.count(mounted.size(), "virtual thread") + " keep all " + carriers.parallelism()
                        + " carriers; " + carriers.queued()
                        + " runnable ones get none, and no other virtual thread of this JVM can go on.",
                List.of(),
                false,
                List.copyOf(mounted),
                List.of(),
                List.of(),
                evidence,
                "the computations end soon and the queue drains; a longer --interval tells",
                List.of(
                        "Run what computes at " + where + " on a pool of platform threads.",
                        "If it is pinned (a native frame, or synchronized before JDK 24), use a ReentrantLock there.",
                        "As a stopgap raise -Djdk.virtualThreadScheduler.parallelism."));
    }
}
