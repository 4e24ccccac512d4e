package dev.asyncinspect.cli.hang;

import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.StackTrace;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.ThreadAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * For how long nothing has moved in the JVMs of a command. Silent rather than wrong: whatever may be progress counts as
 * progress.
 */
public final class Stillness {

    /*
     * Two clocks run, each set back by what it watches:
     *
     *   tests   a thread that runs tests (or keeps its JVM alive) stands elsewhere, or came or went
     *   all     that, and: a process came or went; the processes used more than a twentieth of a processor since the look
     *           before; a thread that is no daemon, or a worker of a ForkJoinPool (the carriers of virtual threads are
     *           such), used processor time or stands elsewhere
     *
     * Where a JVM runs tests, the threads of those that run none (the build and its daemons, which look about all the time)
     * count in neither: what they compute still does. Daemons are left out of the second but for that bound, because the pings and timers of libraries never rest. A look at
     * a JVM costs it some processor time itself, which is allowed for.
     */

    private static final double BUSY = 0.05;

    /** What a look costs one JVM at most: a cold one prints its first dump in interpreted code. */
    private static final Duration COST_OF_LOOK = Duration.ofMillis(50);

    /** A thread that wakes up to look whether it may go on uses some tens of microseconds. */
    private static final long WORK_NANOS = 20_000;

    private @Nullable Look last;
    private long testsSince;
    private long allSince;

    /** Takes in what is seen now. */
    public void look(Look now) {
        Look before = last;
        last = now;
        if (before == null || !before.jvms().keySet().equals(now.jvms().keySet()) || testsMoved(before, now)) {
            testsSince = now.nanoTime();
            allSince = now.nanoTime();
        } else if (isBusy(before, now) || othersMoved(before, now)) {
            allSince = now.nanoTime();
        }
    }

    /** How long no test has moved, whatever else may have. */
    public Duration ofTests() {
        return last == null ? Duration.ZERO : Duration.ofNanos(last.nanoTime() - testsSince);
    }

    /** How long nothing at all has moved. */
    public Duration ofAll() {
        return last == null ? Duration.ZERO : Duration.ofNanos(last.nanoTime() - allSince);
    }

    /** Begins anew. */
    public void reset() {
        last = null;
    }

    /** The JVMs whose threads count. */
    private static Map<Long, Snapshot> judged(Look look) {
        Map<Long, Snapshot> testing = new HashMap<>(look.jvms());
        testing.values().removeIf(snapshot -> !TestThreads.runsTests(snapshot));
        return testing.isEmpty() ? look.jvms() : testing;
    }

    private static boolean testsMoved(Look before, Look now) {
        for (Map.Entry<Long, Snapshot> jvm : judged(now).entrySet()) {
            Snapshot earlier = before.jvms().get(jvm.getKey());
            if (earlier == null || !stands(earlier).equals(stands(jvm.getValue()))) {
                return true;
            }
        }
        return false;
    }

    private static Map<Long, StackTrace> stands(Snapshot snapshot) {
        Map<Long, StackTrace> stands = new HashMap<>();
        TestThreads.of(snapshot).forEach(task -> stands.put(task.id(), task.stack()));
        return stands;
    }

    private static boolean isBusy(Look before, Look now) {
        if (!before.cpu().keySet().equals(now.cpu().keySet())) {
            return true;
        }
        Duration used = Duration.ZERO;
        for (Map.Entry<Long, Duration> process : now.cpu().entrySet()) {
            used = used.plus(process.getValue()).minus(before.cpu().getOrDefault(process.getKey(), Duration.ZERO));
        }
        Duration ours = COST_OF_LOOK.multipliedBy(now.jvms().size());
        return used.minus(ours).toNanos() > BUSY * (now.nanoTime() - before.nanoTime());
    }

    private static boolean othersMoved(Look before, Look now) {
        for (Map.Entry<Long, Snapshot> jvm : judged(now).entrySet()) {
            Snapshot earlier = before.jvms().get(jvm.getKey());
            if (earlier == null || othersMoved(earlier, jvm.getValue())) {
                return true;
            }
        }
        return false;
    }

    private static boolean othersMoved(Snapshot before, Snapshot now) {
        return now.tasks().stream().anyMatch(task -> counts(task) && hasMoved(before.task(task.id()), task))
                || before.tasks().stream().anyMatch(task -> counts(task) && now.task(task.id()) == null);
    }

    private static boolean counts(Task task) {
        ThreadAttributes thread = task.thread();
        return thread != null && (!thread.daemon() || task.name().startsWith("ForkJoinPool"));
    }

    private static boolean hasMoved(@Nullable Task before, Task now) {
        if (before == null || !before.stack().equals(now.stack())) {
            return true;
        }
        long used = cpu(now) - cpu(before);
        return used > WORK_NANOS;
    }

    private static long cpu(Task task) {
        ThreadAttributes thread = task.thread();
        return thread == null || thread.cpuNanos() == ThreadAttributes.NONE ? 0 : thread.cpuNanos();
    }
}
