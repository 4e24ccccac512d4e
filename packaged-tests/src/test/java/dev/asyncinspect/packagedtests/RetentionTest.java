package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Neither the agent nor the library keeps anything of a program: no object, no thread, no throwable, no class loader. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RetentionTest {

    private static final Path GUESTS = Path.of("src/test/guests");
    private static final Path CORE = Path.of("../core/target/async-inspect-core-" + MavenProject.VERSION + ".jar");

    /** What is followed at once and what is kept of ended ones, of the library. */
    private static final int MOST_TASKS = 120_000;

    /** A million, fewer in the quick check. */
    private static final int TASKS = Boolean.getBoolean("matrix.full") ? 1_000_000 : 250_000;

    private static final int MOST_SYMBOLS = 100_000;
    private static final int MOST_OTHERS = 20_000;

    @TempDir
    Path folder;

    static Stream<Arguments> programs() {
        return Matrix.of(1, Jdks.onThisMachine().of(17, 25), List.of("Unaware", "Aware"));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void after_very_many_tasks_nothing_of_the_program_is_kept_and_a_planted_object_is_found(Jdk jdk, String crowd)
            throws Exception {
        try (JavaProcess program = start(jdk, crowd)) {
            tell(program, "run 1000");
            OurReach first = dump(program);
            tell(program, "run " + TASKS);
            OurReach after = dump(program);

            assertThat(after.isPresent()).isTrue();
            assertThat(after.programObjects("million."))
                    .as("kept alive by async-inspect")
                    .isEmpty();
            assertThat(growth(first.countsByClass(), after.countsByClass()))
                    .as("objects more than after a thousand tasks, by class")
                    .allSatisfy((type, more) -> assertThat(more).as(type).isLessThan(limit(type)));

            tell(program, "plant");
            assertThat(dump(program).programObjects("million."))
                    .as("paths to the planted object")
                    .anyMatch(path -> path.endsWith("million.Million$Planted"));
            tell(program, "pull-out");

            tell(program, "plugin");
            tell(program, "drop");
            assertThat(tell(program, "is-gone 100")).endsWith(" yes");
            tell(program, "plugin-planted");
            tell(program, "drop");
            assertThat(tell(program, "is-gone 5")).endsWith(" no");
            tell(program, "pull-out");
            assertThat(tell(program, "is-gone 100")).endsWith(" yes");
        }
    }

    /** Tables of a fixed size may fill; all else stays what it was. */
    private static int limit(String type) {
        return switch (type) {
            case "dev.asyncinspect.core.fold.TaskRecord" -> MOST_TASKS;
            case "java.lang.String", "java.lang.Integer", "java.util.concurrent.ConcurrentHashMap$Node" -> MOST_SYMBOLS;
            default -> MOST_OTHERS;
        };
    }

    private static Map<String, Integer> growth(Map<String, Integer> before, Map<String, Integer> after) {
        Map<String, Integer> growth = new HashMap<>();
        after.forEach((type, count) -> growth.put(type, count - before.getOrDefault(type, 0)));
        growth.values().removeIf(more -> more <= 0);
        return growth;
    }

    private JavaProcess start(Jdk jdk, String crowd) throws Exception {
        JavaSource.compile(GUESTS.resolve("million/million/Million.java"), folder);
        JavaSource.compile(GUESTS.resolve("million/million/Unaware.java"), folder);
        String classPath = folder.toString();
        JavaProcess.Launch launch = JavaProcess.on(jdk, "-Xmx1g", "--add-opens=java.base/java.lang=ALL-UNNAMED")
                .patience(Duration.ofMinutes(5));
        if (crowd.equals("Aware")) {
            classPath += File.pathSeparator + CORE.toAbsolutePath();
            JavaSource.compile(GUESTS.resolve("million/million/Aware.java"), folder, Path.of(classPath));
        } else {
            launch.with(Shipped.agentOption() + "=record");
        }
        Path plugin = Files.createDirectories(folder.resolve("plugin-classes"));
        JavaSource.compile(GUESTS.resolve("plugin/plugin/Plugin.java"), plugin, CORE);
        JavaProcess program = launch.with("-Dcrowd=million." + crowd, "-cp", classPath, "million.Million")
                .with(plugin.toString(), CORE.toAbsolutePath().toString())
                .start();
        program.awaitLine("ready");
        return program;
    }

    private int dumps;
    private int told;

    private OurReach dump(JavaProcess program) throws Exception {
        Path file = folder.resolve(++dumps + ".hprof");
        tell(program, "dump " + file);
        OurReach reach = OurReach.in(file);
        Files.delete(file);
        return reach;
    }

    private String tell(JavaProcess program, String line) {
        program.writeLine(line);
        return program.awaitLine("did " + ++told + " ");
    }
}
