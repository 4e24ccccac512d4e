package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Await;
import dev.asyncinspect.model.CodeSite;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.ResourceHistory;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.TaskHistory;
import dev.asyncinspect.model.TaskState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** {@code long-await}: a task waits far longer than tasks ever waited at that place. */
final class LongAwaits implements Question {

    /*
     * What is usual, the recording tells: an await that took at most 20 ms a hundred times and now takes a minute is worth a
     * word. Places where tasks wait for work, for time or for the world have no usual length. Nor has a class of the JDK, which is
     * all that is known of an await that neither the program nor @Trace named: whoever waits for whatever latch waits there.
     */

    private static final Set<ResourceKind> EXPECTED = EnumSet.of(
            ResourceKind.LOCK,
            ResourceKind.MONITOR,
            ResourceKind.READ_WRITE_LOCK,
            ResourceKind.SEMAPHORE,
            ResourceKind.CONNECTION_POOL,
            ResourceKind.LATCH,
            ResourceKind.FUTURE,
            ResourceKind.THREAD_END);
    private static final List<String> OF_THE_JDK = List.of("java.", "jdk.", "sun.");
    private static final int USUAL = 20;
    private static final int FACTOR = 10;
    private static final long LONG_NANOS = 1_000_000_000;

    /** How long tasks waited at one place. */
    private static final class Place {
        private long times;
        private long longest;
        private final List<TaskHistory> still = new ArrayList<>();
        private final Set<Long> resources = new HashSet<>();
    }

    @Override
    public List<Finding> ask(Samples samples) {
        Recording recording = samples.recording();
        if (recording == null) {
            return List.of();
        }
        Set<Long> told = new HashSet<>();
        for (StandingDeadlock deadlock : samples.deadlocks()) {
            told.addAll(deadlock.tasks());
            told.addAll(deadlock.victims());
        }
        Map<CodeSite, Place> places = places(recording, told);
        List<Finding> findings = new ArrayList<>();
        places.forEach((site, place) -> {
            long end = recording.lengthNanos();
            long limit = Math.max(LONG_NANOS, FACTOR * place.longest);
            List<TaskHistory> beyond = place.still.stream()
                    .filter(task -> Objects.requireNonNull(task.awaitAt(end)).nanosUntil(end) >= limit)
                    .toList();
            if (place.times >= USUAL && !beyond.isEmpty()) {
                findings.add(finding(samples, recording, site, place, beyond));
            }
        });
        return findings;
    }

    private static Map<CodeSite, Place> places(Recording recording, Set<Long> told) {
        Map<CodeSite, Place> places = new LinkedHashMap<>();
        for (TaskHistory task : recording.tasks()) {
            Await now = task.state() == TaskState.BLOCKED ? task.awaitAt(recording.lengthNanos()) : null;
            for (Await await : task.awaits()) {
                ResourceHistory resource = recording.resource(await.resourceId());
                CodeSite site = await.site();
                if (site != null && !isOfTheJdk(site) && resource != null && EXPECTED.contains(resource.kind())) {
                    Place place = places.computeIfAbsent(site, s -> new Place());
                    if (!await.isStill()) {
                        place.times++;
                        place.longest = Math.max(place.longest, await.nanosUntil(await.toNanos()));
                    } else if (await.equals(now) && !await.timed() && !told.contains(task.id())) {
                        place.still.add(task);
                        place.resources.add(resource.id());
                    }
                }
            }
        }
        return places;
    }

    /** Whether this is no place of the program, but what is known of a class of the JDK. */
    static boolean isOfTheJdk(CodeSite site) {
        return OF_THE_JDK.stream().anyMatch(site.text()::startsWith);
    }

    private static Finding finding(
            Samples samples, Recording recording, CodeSite site, Place place, List<TaskHistory> beyond) {
        long end = recording.lengthNanos();
        long longest = beyond.stream()
                .mapToLong(task -> Objects.requireNonNull(task.awaitAt(end)).nanosUntil(end))
                .max()
                .orElse(0);
        return new Finding(
                FindingKind.LONG_AWAIT,
                Confidence.LIKELY,
                samples.basis(),
                Words.count(beyond.size(), "task") + (beyond.size() == 1 ? " waits" : " wait") + " at " + site
                        + " for up to "
                        + Recorded.time(longest) + "; until then no task waited there longer than "
                        + Recorded.time(place.longest) + ".",
                List.of(),
                false,
                Recorded.ids(beyond),
                List.of(),
                place.resources.stream().sorted().toList(),
                List.of(
                        Evidence.observed(place.times + " waits at that place have ended, the longest after "
                                + Recorded.time(place.longest)),
                        Evidence.observed("the wait has no timeout")),
                "what it waits for is merely late, this once",
                List.of(
                        "Find out who holds or completes it: async-inspect task "
                                + beyond.get(0).id() + ".",
                        "Wait with a timeout, and say what it was that did not come."));
    }
}
