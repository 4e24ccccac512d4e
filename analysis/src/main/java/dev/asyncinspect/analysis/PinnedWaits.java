package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Await;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.TaskHistory;
import dev.asyncinspect.model.TaskKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code pinned-carrier}: virtual threads that wait without giving their carrier back, for long. */
final class PinnedWaits implements Question {

    /*
     * That a wait is pinned the recorder has seen. It does harm where others were runnable all the while and got no carrier; where none
     * was, there were carriers enough, this time.
     */

    private static final long LONG_NANOS = 500_000_000;
    /** Each takes a look at all tasks. */
    private static final int MOST = 50;

    /** Waits at one place. */
    private static final class Place {
        private long times;
        private long longest;
        private long sum;
        private final Set<Long> tasks = new LinkedHashSet<>();
        private final Set<Long> resources = new LinkedHashSet<>();
        private final Map<Long, TaskHistory> delayed = new LinkedHashMap<>();
    }

    @Override
    public List<Finding> ask(Samples samples) {
        Recording recording = samples.recording();
        List<Finding> findings = new ArrayList<>();
        if (recording != null) {
            places(recording).forEach((site, place) -> findings.add(finding(samples, site, place)));
        }
        return findings;
    }

    private static Map<String, Place> places(Recording recording) {
        Map<String, Place> places = new LinkedHashMap<>();
        int looks = 0;
        for (TaskHistory task : recording.tasks()) {
            for (Await await : task.awaits()) {
                long nanos = await.pinned() ? await.nanosUntil(recording.lengthNanos()) : 0;
                if (nanos >= LONG_NANOS && task.complete()) {
                    Place place = places.computeIfAbsent(Recorded.place(await.site()), site -> new Place());
                    place.times++;
                    place.sum += nanos;
                    place.longest = Math.max(place.longest, nanos);
                    place.tasks.add(task.id());
                    if (await.resourceId() != 0) {
                        place.resources.add(await.resourceId());
                    }
                    if (looks++ < MOST) {
                        delayed(recording, task, await).forEach(other -> place.delayed.put(other.id(), other));
                    }
                }
            }
        }
        return places;
    }

    private static List<TaskHistory> delayed(Recording recording, TaskHistory task, Await await) {
        return task.kind() == TaskKind.VIRTUAL_THREAD
                ? LongPolls.delayedBy(recording, task, await.fromNanos(), await.toNanos())
                : List.of();
    }

    private static Finding finding(Samples samples, String site, Place place) {
        int delayed = place.delayed.size();
        return new Finding(
                FindingKind.PINNED_CARRIER,
                delayed == 0 ? Confidence.HINT : Confidence.LIKELY,
                samples.basis(),
                Words.count(place.tasks.size(), "virtual thread") + " waited at " + site
                        + " and kept the carrier meanwhile, for up to " + Recorded.time(place.longest)
                        + (delayed == 0
                                ? "."
                                : ", while " + Words.count(delayed, "other virtual thread") + " could have used it."),
                List.of(),
                false,
                place.tasks.stream().limit(Recorded.TASKS).toList(),
                Recorded.ids(List.copyOf(place.delayed.values())),
                List.copyOf(place.resources),
                evidence(place),
                delayed == 0
                        ? "there are carriers enough"
                        : "the machine was busy with something else, or the JVM stood still",
                List.of(
                        "Do not wait inside synchronized (before JDK 24), a static initialiser or a native method's callback: use a"
                                + " ReentrantLock, or move the wait out of it.",
                        "As a stopgap raise -Djdk.virtualThreadScheduler.parallelism."));
    }

    private static List<Evidence> evidence(Place place) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.observed(Words.count(place.times, "wait") + " of " + Recorded.time(LONG_NANOS)
                + " or longer parked the carrier itself, together for " + Recorded.time(place.sum)));
        if (!place.delayed.isEmpty()) {
            evidence.add(Evidence.observed("virtual threads were runnable for at least "
                    + Recorded.time(LongPolls.DELAY_NANOS) + " of that time and did not run"));
        }
        return evidence;
    }
}
