package dev.asyncinspect.cli;

import dev.asyncinspect.analysis.Confidence;
import dev.asyncinspect.analysis.Finding;
import dev.asyncinspect.cli.hang.Look;
import dev.asyncinspect.cli.hang.Stillness;
import dev.asyncinspect.cli.hang.TestThreads;
import dev.asyncinspect.cli.processes.CommandTree;
import dev.asyncinspect.model.History;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.sources.ClassFiles;
import dev.asyncinspect.sources.JvmProcess;
import dev.asyncinspect.sources.LiveJvms;
import dev.asyncinspect.sources.SourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Waits for a command to end or to hang. */
final class HangWatch {

    /** Below this every pause would be a hang. */
    static final Duration SHORTEST = Duration.ofSeconds(2);

    private static final int LOOKS_PER_TIMEOUT = 6;
    private static final Duration RAREST_LOOK = Duration.ofSeconds(10);
    private static final Duration DUMP_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration BETWEEN_SAMPLES = Duration.ofMillis(250);

    private final CommandTree tree;
    private final Observations observations;
    private final Duration timeout;
    private final @Nullable Duration limit;
    private final long startedAt = System.nanoTime();
    private final Stillness stillness = new Stillness();
    private final UnseenJvms unseen;
    private boolean limitTold;
    private long provenAskedAt = startedAt;

    /**
     * A watch over a command.
     *
     * @param limit when it hangs whatever moves, null for never
     * @param say hears of JVMs that cannot be looked at
     */
    HangWatch(
            CommandTree tree,
            Observations observations,
            Duration timeout,
            @Nullable Duration limit,
            Consumer<String> say) {
        this.tree = tree;
        this.observations = observations;
        this.timeout = timeout;
        this.limit = limit;
        this.unseen = new UnseenJvms(timeout, say);
    }

    /** The next hang; null once the command has ended. */
    @Nullable
    Hang await() throws InterruptedException {
        stillness.reset();
        while (!tree.awaitEnd(interval())) {
            Hang hang = look();
            if (hang != null) {
                return hang;
            }
        }
        return null;
    }

    private Duration interval() {
        Duration interval = timeout.dividedBy(LOOKS_PER_TIMEOUT);
        return interval.compareTo(RAREST_LOOK) < 0 ? interval : RAREST_LOOK;
    }

    private @Nullable Hang look() {
        Map<Long, ProcessHandle> alive = tree.alive();
        List<JvmProcess> jvms = observations.jvms().stream()
                .filter(jvm -> alive.containsKey(jvm.pid()))
                .toList();
        Map<Long, Snapshot> snapshots = snapshots(jvms);
        stillness.look(new Look(System.nanoTime(), cpu(alive.values()), snapshots));
        Duration age = Duration.ofNanos(System.nanoTime() - startedAt);
        if (limit != null && age.compareTo(limit) >= 0 && !limitTold) {
            limitTold = true;
            return hang("it still runs after " + Times.text(limit.toNanos()), jvms, snapshots);
        }
        if (snapshots.isEmpty()) {
            return null; // of what is no JVM, or does not answer, we cannot say that it does not move
        }
        if (stillness.ofAll().compareTo(timeout) >= 0) {
            return hang("nothing has moved for " + Times.text(timeout.toNanos()), jvms, snapshots);
        }
        boolean askAgain = System.nanoTime() - provenAskedAt >= timeout.toNanos();
        if (stillness.ofTests().compareTo(timeout) >= 0 && askAgain) {
            provenAskedAt = System.nanoTime();
            for (JvmProcess jvm : jvms) {
                if (isProven(jvm)) {
                    return hang("a test waits in a deadlock", jvms, snapshots);
                }
            }
        }
        return null;
    }

    private Map<Long, Snapshot> snapshots(List<JvmProcess> jvms) {
        Map<Long, Snapshot> snapshots = new HashMap<>();
        Map<Long, String> obstacles = new HashMap<>();
        for (JvmProcess jvm : jvms) {
            String obstacle = jvm.obstacle();
            try {
                if (obstacle == null) {
                    snapshots.put(jvm.pid(), sample(jvm, 1).latest());
                }
            } catch (SourceException e) {
                // It is about to end, or stands still as a whole: what it computes is looked at all the same.
                obstacle = Failures.oneLine(String.valueOf(e.getMessage()));
            }
            if (obstacle != null) {
                obstacles.put(jvm.pid(), obstacle);
            }
        }
        unseen.look(System.nanoTime(), obstacles);
        return snapshots;
    }

    private History sample(JvmProcess jvm, int samples) throws SourceException {
        return observations.sample(
                jvm, new LiveJvms.Sampling(samples, BETWEEN_SAMPLES, DUMP_TIMEOUT, false), ClassFiles.none());
    }

    /** Whether a thread that runs a test is, beyond doubt, in a deadlock or behind one. */
    private boolean isProven(JvmProcess jvm) {
        History seen;
        try {
            if (jvm.obstacle() != null) {
                return false;
            }
            seen = sample(jvm, 2);
        } catch (SourceException e) {
            return false; // it is about to end, or does not answer
        }
        List<Long> tests = TestThreads.of(seen.latest()).stream().map(Task::id).toList();
        for (Finding finding : Diagnosis.of(seen).findings()) {
            if (finding.confidence() == Confidence.PROVEN
                    && tests.stream()
                            .anyMatch(id -> finding.tasks().contains(id)
                                    || finding.victims().contains(id))) {
                return true;
            }
        }
        return false;
    }

    private static Hang hang(String why, List<JvmProcess> jvms, Map<Long, Snapshot> snapshots) {
        List<JvmProcess> ordered = new ArrayList<>();
        for (JvmProcess jvm : jvms) {
            Snapshot seen = snapshots.get(jvm.pid());
            if (seen != null && TestThreads.runsTests(seen)) {
                ordered.add(jvm);
            }
        }
        int testing = ordered.size();
        jvms.stream().filter(jvm -> !ordered.contains(jvm)).forEach(ordered::add);
        return new Hang(why, ordered, testing);
    }

    private static Map<Long, Duration> cpu(Collection<ProcessHandle> processes) {
        Map<Long, Duration> cpu = new HashMap<>();
        for (ProcessHandle process : processes) {
            cpu.put(process.pid(), process.info().totalCpuDuration().orElse(Duration.ZERO));
        }
        return cpu;
    }
}
