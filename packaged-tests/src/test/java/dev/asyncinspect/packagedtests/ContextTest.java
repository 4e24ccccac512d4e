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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Logging contexts of Logback and Log4j that are lost and stale across a hop, and that are handed on. */
@Timeout(300)
class ContextTest {

    @TempDir
    Path folder;

    static Stream<Arguments> programs() {
        List<String> variants = List.of("sick", "healthy", "inheriting", "not asked for");
        return Matrix.of(
                1,
                Jdks.onThisMachine().of(17, 25),
                Boolean.getBoolean("matrix.full") ? variants : variants.subList(0, 2));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void lost_and_stale_keys_of_both_libraries_are_told_by_name_only_and_those_handed_on_are_not(
            Jdk jdk, String variant) throws Exception {
        String classPath = loggers() + File.pathSeparator + folder;
        JavaSource.compile(Path.of("src/test/programs/Till.java"), folder, Path.of(classPath));
        Path file = folder.resolve("till.air");
        boolean asked = !variant.equals("not asked for");
        String inherits = "-Dlog4j2.isThreadContextMapInheritable=" + variant.equals("inheriting");
        String agent = Shipped.agentOption() + "=record,to=" + file + (asked ? ",context" : "");
        try (JavaProcess till = JavaProcess.on(jdk, agent, "-Dlog4j2.level=OFF", inherits, "-cp", classPath)
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

        Answer why = Answer.of(Shipped.run("why", "--file", file.toString(), "--json"));
        List<String> hops = findings(why);
        if (variant.equals("sick")) {
            assertThat(hops)
                    .containsExactlyInAnyOrder(
                            "context-stale LIKELY 'card', 'customer'", "context-lost HINT 'order', 'till'");
        } else if (variant.equals("inheriting")) {
            assertThat(hops).containsExactly("context-stale LIKELY 'card', 'customer'");
        } else {
            assertThat(hops).isEmpty();
        }
        assertThat(why.exitCode()).isEqualTo(hops.isEmpty() ? 0 : 1);
    }

    /** {@code context-lost HINT 'order', 'till'}. */
    private static List<String> findings(Answer why) {
        List<String> found = new ArrayList<>();
        for (JsonNode finding : why.target().get("findings")) {
            String sentence = finding.get("sentence").asString();
            found.add(finding.get("kind").asString() + " "
                    + finding.get("confidence").asString() + sentence.replaceFirst(".*keys? (.*)\\.", " $1"));
        }
        return found;
    }

    private static void assertHooks(String info, boolean asked) {
        assertThat(info.lines().filter(line -> line.contains(" failures ")))
                .isNotEmpty()
                .allMatch(
                        line -> (line.contains(" on ") || line.contains(" pending ")) && line.contains(" 0 failures "));
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
