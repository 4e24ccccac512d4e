package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Await;
import dev.asyncinspect.model.CodeSite;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.ResourceHistory;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.TaskHistory;
import dev.asyncinspect.model.TaskKind;
import dev.asyncinspect.model.TaskNumber;
import dev.asyncinspect.model.TaskState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code long-await}: a task waits far longer than tasks ever waited at that place. */
final class LongAwaits implements Question {

    /*
     * What is usual, the recording tells: an await that took at most 20 ms a hundred times and now takes a minute is worth a
     * word. Places where tasks wait for work, for time or for the world have no usual length. Nor has a class of the JDK, which is
     * all that is known of an await that neither the program nor @Trace named: whoever waits for whatever latch waits there. Of
     * tasks of one place that have ended it can be said how long they ever waited for such a thing; that the next one does the same
     * is likely and no more, so it is a hint.
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
    private static final List<String> EXPECTED_CLASSES = List.of(
            "java.util.concurrent.CompletableFuture",
            "java.util.concurrent.FutureTask",
            "java.util.concurrent.CountDownLatch$",
            "java.util.concurrent.Semaphore$",
            "java.util.concurrent.locks.ReentrantLock$",
            "java.util.concurrent.locks.ReentrantReadWriteLock$");
    /** Threads are made for one thing or for many; what is submitted does one. */
    private static final Set<TaskKind> IS_WORK =
            EnumSet.of(TaskKind.EXECUTOR_TASK, TaskKind.FUTURE_STAGE, TaskKind.SCOPE_FORK, TaskKind.VIRTUAL_THREAD);

    private static final int USUAL = 20;
    private static final int FACTOR = 10;
    private static final long LONG_NANOS = 1_000_000_000;

    /** What waits are told by: where; and of a class of the JDK, of which tasks. */
    private record Where(CodeSite site, @Nullable CodeSite tasks) {}

    /** How long tasks waited at one place. */
    private static final class Place {
        /** Of a class of the JDK, the tasks that waited there and ended; else the waits. */
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
        Map<Where, Place> places = places(recording, told);
        List<Finding> findings = new ArrayList<>();
        places.forEach((where, place) -> {
            long end = recording.lengthNanos();
            long limit = Math.max(LONG_NANOS, FACTOR * place.longest);
            List<TaskHistory> beyond = place.still.stream()
                    .filter(task -> Objects.requireNonNull(task.awaitAt(end)).nanosUntil(end) >= limit)
                    .toList();
            if (place.times >= USUAL && !beyond.isEmpty()) {
                findings.add(finding(samples, recording, where, place, beyond));
            }
        });
        return findings;
    }

    private static Map<Where, Place> places(Recording recording, Set<Long> told) {
        Map<Where, Place> places = new LinkedHashMap<>();
        for (TaskHistory task : recording.tasks()) {
            Await now = task.state() == TaskState.BLOCKED ? task.awaitAt(recording.lengthNanos()) : null;
            Set<Place> counted = new HashSet<>();
            for (Await await : task.awaits()) {
                Where where = where(recording, task, await);
                if (where != null) {
                    Place place = places.computeIfAbsent(where, w -> new Place());
                    if (!await.isStill()) {
                        boolean counts = where.tasks == null || (task.state().isOver() && counted.add(place));
                        place.times += counts ? 1 : 0;
                        place.longest = Math.max(place.longest, await.nanosUntil(await.toNanos()));
                    } else if (await.equals(now) && !await.timed() && !told.contains(task.id())) {
                        place.still.add(task);
                        if (await.resourceId() != 0) {
                            place.resources.add(await.resourceId());
                        }
                    }
                }
            }
        }
        return places;
    }

    /** By what this wait is told, null if it has no usual length. */
    private static @Nullable Where where(Recording recording, TaskHistory task, Await await) {
        CodeSite site = await.site();
        if (site == null) {
            return null;
        }
        if (isOfTheJdk(site)) {
            CodeSite tasks = task.createdAt().orNull();
            boolean expected = EXPECTED_CLASSES.stream().anyMatch(site.text()::startsWith);
            return expected && tasks != null && task.complete() && IS_WORK.contains(task.kind())
                    ? new Where(site, tasks)
                    : null;
        }
        ResourceHistory resource = recording.resource(await.resourceId());
        return resource != null && EXPECTED.contains(resource.kind()) ? new Where(site, null) : null;
    }

    /** Whether this is no place of the program, but what is known of a class of the JDK. */
    static boolean isOfTheJdk(CodeSite site) {
        return OF_THE_JDK.stream().anyMatch(site.text()::startsWith);
    }

    private static Finding finding(
            Samples samples, Recording recording, Where where, Place place, List<TaskHistory> beyond) {
        long end = recording.lengthNanos();
        long longest = beyond.stream()
                .mapToLong(task -> Objects.requireNonNull(task.awaitAt(end)).nanosUntil(end))
                .max()
                .orElse(0);
        return new Finding(
                FindingKind.LONG_AWAIT,
                where.tasks == null ? Confidence.LIKELY : Confidence.HINT,
                samples.basis(),
                Words.count(beyond.size(), "task")
                        + (where.tasks == null ? "" : " created at " + where.tasks)
                        + (beyond.size() == 1 ? " waits" : " wait") + " at " + where.site
                        + " for up to "
                        + Recorded.time(longest) + "; until then no "
                        + (where.tasks == null ? "task" : "other task of that place") + " waited there longer than "
                        + Recorded.time(place.longest) + ".",
                List.of(),
                false,
                Recorded.ids(beyond),
                List.of(),
                place.resources.stream().sorted().toList(),
                List.of(
                        Evidence.observed(place.times
                                + (where.tasks == null ? " waits at that place" : " tasks that waited there")
                                + " have ended, the longest wait after " + Recorded.time(place.longest)),
                        Evidence.observed("the wait has no timeout")),
                where.tasks == null
                        ? "what it waits for is merely late, this once"
                        : "it waits for something else than the others did: only the class is known",
                List.of(
                        "Find out who holds or completes it: async-inspect task "
                                + TaskNumber.text(beyond.get(0).id()).substring(1) + ".",
                        "Wait with a timeout, and say what it was that did not come."));
    }
}
