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

/** Logging contexts of Logback and Log4j, and scoped values, that are lost and stale across a hop, and that are handed on. */
@Timeout(300)
class ContextTest {

    @TempDir
    Path folder;

    static Stream<Arguments> programs() {
        List<String> variants = List.of("sick late", "healthy", "sick", "inheriting", "not asked for");
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
        boolean late = variant.endsWith(" late");
        List<String> program = new ArrayList<>(List.of(variant.equals("healthy") ? "healthy" : "sick"));
        if (late) {
            program.add("late");
        }
        try (JavaProcess till = JavaProcess.on(
                        jdk,
                        late ? "-XX:+EnableDynamicAgentLoading" : agent,
                        "-Dlog4j2.level=OFF",
                        inherits,
                        "-cp",
                        classPath)
                .with("Till")
                .with(program.toArray(String[]::new))
                .start()) {
            if (late) {
                till.awaitLine("open");
                Ended recorded = Shipped.run("record", String.valueOf(till.pid()), "--context");
                assertThat(recorded.exitCode()).as(recorded.stderr()).isZero();
                till.writeLine("go on");
            }
            till.awaitLine("sold");
            if (late) {
                keep(till, file);
            }
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
        if (variant.startsWith("sick")) {
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

    static List<Jdk> withScopedValues() {
        return Matrix.oldestAndNewest(Jdks.onThisMachine().of(21, 25)).stream()
                .filter(jdk -> Boolean.getBoolean("matrix.full") || jdk.feature() == 25)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("withScopedValues")
    void scoped_values_that_tasks_do_not_find_are_told_by_name_and_those_bound_anew_inherited_or_asked_for_are_not(
            Jdk jdk) throws Exception {
        Path file = folder.resolve("desk.air");
        List<String> program = program(jdk);
        try (JavaProcess desk = JavaProcess.on(
                        jdk,
                        Shipped.agentOption() + "=record,context,to=" + file,
                        "--enable-preview",
                        program.get(0),
                        program.get(1),
                        program.get(2))
                .start()) {
            desk.awaitLine("served");
            String info = Shipped.run("info", String.valueOf(desk.pid())).stdout();
            assertHooks(info);
            assertThat(info).containsPattern("scoped-value\\.unbound +on ");
            desk.writeLine("enough");
            Ended end = desk.awaitEnd();
            assertThat(end.exitCode()).as(end.stderr()).isZero();
        }
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .as("values in the file")
                .doesNotContain("Ann Smith", "half-price");

        List<String> found = new ArrayList<>();
        for (JsonNode finding : Answer.of(Shipped.run("why", "--file", file.toString(), "--json"))
                .target()
                .get("findings")) {
            if (finding.get("kind").asString().equals("context-lost")) {
                found.add(finding.get("confidence").asString() + " "
                        + finding.get("sentence").asString());
            }
        }
        String failed =
                " failed because a scoped value that was bound where it was submitted was not bound while it ran:"
                        + " Desk.CUSTOMER, read at ";
        String unbound = " read a scoped value that was bound where it was submitted, and found it unbound: ";
        String coupon = "HINT 1 task created at Desk.greet" + unbound + "Desk.COUPON, read at Desk.greet(Desk.java:";
        if (jdk.feature() < 25) {
            assertThat(found)
                    .hasSize(2)
                    .anySatisfy(finding -> assertThat(finding).startsWith(coupon))
                    .anySatisfy(finding -> assertThat(finding)
                            .startsWith("HINT 1 task created at Desk.pay" + unbound
                                    + "Desk.CUSTOMER, read at Desk.pay(Desk.java:"));
        } else {
            assertThat(found)
                    .hasSize(3)
                    .anySatisfy(finding -> assertThat(finding).startsWith(coupon))
                    .anySatisfy(finding -> assertThat(finding)
                            .startsWith("LIKELY 1 task created at Desk.pay" + failed + "Desk.pay(Desk.java:"))
                    .anySatisfy(finding -> assertThat(finding)
                            .startsWith("LIKELY 1 task created at Desk.opens" + failed + "Desk.opens(Desk.java:"));
        }
    }

    /** What to run; scoped values are a preview before JDK 25, which is compiled by that JDK alone. */
    private List<String> program(Jdk jdk) {
        Path source = Path.of("src/test/programs/Desk.java");
        if (jdk.feature() < 25) {
            return List.of("--source", String.valueOf(jdk.feature()), source.toString());
        }
        JavaSource.compile(source, folder, 25);
        return List.of("-cp", folder.toString(), "Desk");
    }

    /** Keeps what the JVM has recorded so far. */
    private void keep(JavaProcess program, Path file) throws Exception {
        String pid = String.valueOf(program.pid());
        while (!Shipped.run("why", pid, "--no-attach").stdout().contains("context-stale")) {
            Thread.onSpinWait(); // what happened reaches the recording a moment later
        }
        Path evidence = folder.resolve("evidence");
        Ended kept = Shipped.run("why", pid, "--no-attach", "--evidence", evidence.toString());
        assertThat(kept.stdout()).contains("context-lost");
        Files.move(evidence.resolve("recording-" + pid + ".air"), file);
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

    private static void assertHooks(String info) {
        assertThat(info.lines().filter(line -> line.contains(" failures ")))
                .isNotEmpty()
                .allMatch(
                        line -> (line.contains(" on ") || line.contains(" pending ")) && line.contains(" 0 failures "));
    }

    private static void assertHooks(String info, boolean asked) {
        assertHooks(info);
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
