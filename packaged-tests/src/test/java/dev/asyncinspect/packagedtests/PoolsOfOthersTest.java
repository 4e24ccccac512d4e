package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Pools of libraries, the common pool, and the ends of pools: starved ones are told, live and from the heap, and their healthy twins are not. */
class PoolsOfOthersTest {

    private static final String STARVED = "pool-starvation ";

    /** What the names of the workers begin with, and what is told of them live. */
    private static final Map<String, String> LIVE = new TreeMap<>(Map.of(
            "ForkJoinPool.commonPool", STARVED + "HINT",
            "jetty", STARVED + "HINT",
            "tomcat", STARVED + "PROVEN",
            "jboss", STARVED + "PROVEN",
            "wheel", STARVED + "HINT",
            "DefaultDispatcher", STARVED + "HINT",
            "east", "lock-cycle PROVEN",
            "ForkJoinPool-1", "self-deadlock PROVEN"));

    private static final Map<String, String> IN_HEAP = new TreeMap<>(Map.of(
            "ForkJoinPool.commonPool", STARVED + "LIKELY",
            "jetty", STARVED + "PROVEN",
            "tomcat", STARVED + "PROVEN",
            "jboss", STARVED + "PROVEN",
            "limited", STARVED + "LIKELY",
            "bus", STARVED + "LIKELY",
            "web", STARVED + "HINT",
            "DefaultDispatcher", STARVED + "PROVEN",
            "east", "lock-cycle PROVEN",
            "ForkJoinPool-1", "self-deadlock PROVEN"));

    static {
        IN_HEAP.put("wheel", STARVED + "PROVEN");
        IN_HEAP.put("wrapped", STARVED + "PROVEN");
        IN_HEAP.put("hour", "self-deadlock HINT");
        LIVE.put("hour", "self-deadlock HINT");
    }

    @TempDir
    static Path classes;

    private static String classPath;

    @BeforeAll
    static void compile() throws IOException {
        try (Stream<Path> libraries = Files.list(Path.of("target/foreign"))) {
            classPath = Stream.concat(Stream.of(classes), libraries)
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
        String[] command = {
            "--release",
            "17",
            "-g",
            "-proc:none",
            "-cp",
            classPath,
            "-d",
            classes.toString(),
            "src/test/programs/PoolsOfOthers.java"
        };
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, command))
                .as("compiles")
                .isZero();
    }

    static Stream<Arguments> programs() {
        List<Jdk> jdks = Stream.of(17, 25).map(Jdks.onThisMachine()::require).toList();
        return Matrix.of(1, jdks, List.of("sick", "healthy"));
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("programs")
    void pools_are_told_to_starve_if_nobody_else_will_do_their_work(Jdk jdk, String story) throws Exception {
        boolean sick = story.equals("sick");
        try (JavaProcess program = start(jdk, story)) {
            String pid = String.valueOf(program.pid());
            Answer live = Answer.of(Shipped.run("why", pid, "--attach", "--json"));
            assertThat(told(live)).as("attached").isEqualTo(sick ? LIVE : Map.of());
            Answer heap = Answer.of(Shipped.run("prove", pid, "--json"));
            assertThat(told(heap)).as("from the heap").isEqualTo(sick ? IN_HEAP : Map.of());
        }
    }

    private static JavaProcess start(Jdk jdk, String story) throws IOException {
        JavaProcess program = JavaProcess.on(
                        jdk,
                        "-Xmx128m",
                        "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2",
                        "-Dkotlinx.coroutines.scheduler.core.pool.size=2",
                        "-cp",
                        classPath,
                        "PoolsOfOthers",
                        story)
                .start();
        try {
            program.awaitLine("ready");
            return program;
        } catch (AssertionError e) {
            program.close();
            throw e;
        }
    }

    /** For each finding, what the name of its first culprit begins with. */
    private static Map<String, String> told(Answer answer) {
        Map<Long, String> names = new TreeMap<>();
        for (JsonNode task : answer.target().get("snapshot").get("tasks")) {
            names.put(task.get("id").asLong(), task.get("name").asString());
        }
        Map<String, String> told = new TreeMap<>();
        for (JsonNode finding : answer.target().get("findings")) {
            String name = Stream.of(finding.get("tasks"))
                    .flatMap(tasks -> tasks.valueStream())
                    .map(task -> names.getOrDefault(task.asLong(), ""))
                    .sorted()
                    .findFirst()
                    .orElse("nobody");
            String key = IN_HEAP.keySet().stream()
                    .filter(name::startsWith)
                    .findFirst()
                    .orElse(name);
            told.merge(
                    key,
                    finding.get("kind").asString() + " "
                            + finding.get("confidence").asString(),
                    (one, other) -> one + " and " + other);
        }
        return told;
    }
}
