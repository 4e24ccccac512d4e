package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Logging contexts of Logback and Log4j that are lost and stale across a hop, and that are handed on. */
@Timeout(300)
class ContextTest {

    @TempDir
    Path folder;

    static Stream<Arguments> programs() {
        return Matrix.of(1, Jdks.onThisMachine().of(17, 25), List.of("sick", "healthy", "not asked for"));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void lost_and_stale_keys_of_both_libraries_are_told_by_name_only_and_those_handed_on_are_not(
            Jdk jdk, String variant) throws Exception {
        String classPath = loggers() + File.pathSeparator + folder;
        JavaSource.compile(Path.of("src/test/programs/Till.java"), folder, Path.of(classPath));
        Path file = folder.resolve("till.air");
        boolean asked = !variant.equals("not asked for");
        String agent = Shipped.agentOption() + "=record,to=" + file + (asked ? ",context" : "");
        try (JavaProcess till = JavaProcess.on(jdk, agent, "-Dlog4j2.level=OFF", "-cp", classPath)
                .with("Till", variant.equals("healthy") ? "healthy" : "sick")
                .start()) {
            till.awaitLine("sold");
            assertHooks(Shipped.run("info", String.valueOf(till.pid())).stdout(), asked);
            till.writeLine("enough");
            Ended end = till.awaitEnd();
            assertThat(end.exitCode()).as(end.stderr()).isZero();
        }
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .as("values of contexts in the file")
                .doesNotContain("4711", "north", "Ann", "gold");

        Ended why = Shipped.run("why", "--file", file.toString());
        List<String> keys =
                why.stdout().lines().filter(line -> line.contains("key ")).toList();
        if (variant.equals("sick")) {
            assertThat(why.exitCode()).as(why.stdout()).isEqualTo(1);
            assertThat(Answer.of(Shipped.run("why", "--file", file.toString(), "--json"))
                            .findings())
                    .containsExactlyInAnyOrder(
                            "context-stale LIKELY", "context-stale LIKELY", "context-lost HINT", "context-lost HINT");
            assertThat(why.stdout()).contains("key order.", "key till.", "key customer.", "key card.");
        } else {
            assertThat(keys).isEmpty();
            assertThat(why.exitCode()).as(why.stdout()).isZero();
        }
    }

    private static void assertHooks(String info, boolean asked) {
        assertThat(info.lines().filter(line -> line.contains(" failures ")))
                .isNotEmpty()
                .allMatch(line -> line.contains(" on ") && line.contains(" 0 failures "));
        if (asked) {
            assertThat(info).containsPattern("program\\.context +on +\\d+ places, 0 failures");
        } else {
            assertThat(info).doesNotContain("program.context");
        }
    }

    private static String loggers() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of("target/loggers"))) {
            return jars.map(jar -> jar.toAbsolutePath().toString()).collect(Collectors.joining(File.pathSeparator));
        }
    }
}
