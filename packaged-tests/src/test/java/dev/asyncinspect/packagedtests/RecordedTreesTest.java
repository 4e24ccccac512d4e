package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Random trees of tasks: what is recorded is what each task knows of itself. */
@Timeout(180)
class RecordedTreesTest {

    private static final int SEEDS = Boolean.getBoolean("matrix.full") ? 20 : 1;

    @TempDir
    Path folder;

    static Stream<Arguments> jdksAndSeeds() {
        List<Jdk> jdks = Jdks.onThisMachine().of(17, 21, 25);
        return IntStream.range(0, jdks.size() * SEEDS)
                .mapToObj(seed -> Arguments.of(jdks.get(seed % jdks.size()), 100 + seed));
    }

    @BeforeEach
    void compile() {
        JavaSource.compile(Path.of("src/test/programs/Trees.java"), folder);
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("jdksAndSeeds")
    void tasks_areRecordedAsTheyKnowThemselves(Jdk jdk, long seed) throws Exception {
        Path file = folder.resolve("trees.air");
        Ended program = Shipped.run(
                "run",
                "--to",
                file.toString(),
                "--",
                jdk.tool("java"),
                "-cp",
                folder.toString(),
                "Trees",
                String.valueOf(seed));
        assertThat(program.exitCode()).as(program.stderr()).isZero();
        List<KnownTask> known = program.stdout().lines().map(KnownTask::parse).toList();
        List<RecordedTask> recorded = recorded(file);
        assertThat(known).filteredOn(KnownTask::hasRun).hasSizeGreaterThan(10);

        Map<KnownTask, RecordedTask> pairs = pairs(known, recorded);
        assertParents(known, pairs);
        assertOutcomes(known, pairs, recorded);
        assertTimes(pairs);
    }

    private static List<RecordedTask> recorded(Path file) throws Exception {
        Ended timeline = Shipped.run("timeline", file.toString(), "--json", "--limit", "10000");
        assertThat(timeline.exitCode()).as(timeline.stderr()).isZero();
        return StreamSupport.stream(
                        new JsonMapper()
                                .readTree(timeline.stdout())
                                .get("timeline")
                                .spliterator(),
                        false)
                .map(RecordedTask::of)
                .toList();
    }

    /** A thread is recorded under its id; the tasks of pools are paired in the order in which their thread ran them. */
    private static Map<KnownTask, RecordedTask> pairs(List<KnownTask> known, List<RecordedTask> recorded) {
        Map<KnownTask, RecordedTask> pairs = new HashMap<>();
        for (KnownTask task : known) {
            if (task.isThread()) {
                pairs.put(task, find(task.thread(), recorded));
            } else if (task.hasRun()) {
                List<KnownTask> ran = known.stream()
                        .filter(other -> !other.isThread() && other.thread() == task.thread())
                        .sorted(Comparator.comparingLong(KnownTask::begin))
                        .toList();
                List<RecordedTask> runs = recorded.stream()
                        .filter(other -> isHandedIn(other) && other.thread() == task.thread())
                        .sorted(Comparator.comparingLong(RecordedTask::begin))
                        .toList();
                assertThat(runs).as("tasks of thread " + task.thread()).hasSameSizeAs(ran);
                pairs.put(task, runs.get(ran.indexOf(task)));
            }
        }
        assertThat(pairs.values()).as("each task is recorded once").doesNotHaveDuplicates();
        return pairs;
    }

    private static boolean isHandedIn(RecordedTask task) {
        return task.kind().equals("EXECUTOR_TASK") || task.kind().equals("FUTURE_STAGE");
    }

    private static RecordedTask find(long id, List<RecordedTask> recorded) {
        return recorded.stream().filter(task -> task.id() == id).findFirst().orElseThrow();
    }

    private static void assertParents(List<KnownTask> known, Map<KnownTask, RecordedTask> pairs) {
        pairs.forEach((task, record) -> {
            if (task.parent() != 0) { // else it is main's
                KnownTask parent = known.stream()
                        .filter(other -> other.number() == task.parent())
                        .findFirst()
                        .orElseThrow();
                assertThat(record.parent())
                        .as("parent of " + task)
                        .isEqualTo(pairs.get(parent).id());
            }
        });
        assertThat(pairs.entrySet().stream()
                        .filter(pair -> pair.getKey().parent() == 0)
                        .map(pair -> pair.getValue().parent())
                        .distinct())
                .as("the parent of all that main started")
                .hasSize(1)
                .doesNotContain(0L);
    }

    private static void assertOutcomes(
            List<KnownTask> known, Map<KnownTask, RecordedTask> pairs, List<RecordedTask> recorded) {
        pairs.forEach((task, record) -> {
            assertThat(record.state()).as(task.toString()).isEqualTo(task.outcome());
            boolean failed = task.outcome().equals("FAILED");
            assertThat(record.failure())
                    .as(task.toString())
                    .isEqualTo(failed ? "java.lang.IllegalStateException: task " + task.number() : "");
        });
        assertThat(recorded)
                .filteredOn(task -> task.state().equals("CANCELLED"))
                .as("tasks cancelled before their time")
                .hasSize((int) known.stream().filter(task -> !task.hasRun()).count());
    }

    /** The two clocks differ by a number that is not known; there is one that fits all tasks. */
    private static void assertTimes(Map<KnownTask, RecordedTask> pairs) {
        long least = pairs.entrySet().stream()
                .mapToLong(pair -> pair.getKey().end() - pair.getValue().end())
                .max()
                .orElseThrow();
        long most = pairs.entrySet().stream()
                .mapToLong(pair -> pair.getKey().begin() - pair.getValue().begin())
                .min()
                .orElseThrow();
        assertThat(least).as("each task ran within its record").isLessThanOrEqualTo(most);
        // That a thread stops is told when it has stopped: one that is kept from its processor on the way is blocked
        // for less.
        long parked = pairs.keySet().stream().mapToLong(KnownTask::parkedNanos).sum();
        long blocked =
                pairs.values().stream().mapToLong(RecordedTask::blockedNanos).sum();
        assertThat(blocked).as("blocked in all").isGreaterThan(parked / 2);
    }
}
