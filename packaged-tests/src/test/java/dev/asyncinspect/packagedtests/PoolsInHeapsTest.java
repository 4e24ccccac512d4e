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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The objects of pools that many people use: who has what they gave out, and whether it can ever come back. */
class PoolsInHeapsTest {

    private static final List<String> LIBRARIES = List.of("hikari", "c3p0", "agroal", "pool2", "http4", "http5");

    @TempDir
    static Path classes;

    private static String classPath;

    @BeforeAll
    static void compile() throws IOException {
        try (Stream<Path> clinics = Files.list(Shipped.CLINIC.resolveSibling("lib"));
                Stream<Path> others = Files.list(Path.of("target/pools"))) {
            classPath = Stream.concat(Stream.of(classes), Stream.concat(clinics, others))
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
            "src/test/programs/Borrowers.java"
        };
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, command))
                .as("compiles")
                .isZero();
    }

    private static List<Jdk> oldAndNew() {
        return Stream.of(17, 25).map(Jdks.onThisMachine()::require).toList();
    }

    static Stream<Arguments> programs() {
        return Matrix.of(1, oldAndNew(), LIBRARIES);
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("programs")
    void two_who_each_want_a_second_one_are_proven_to_get_none(Jdk jdk, String library) throws Exception {
        Answer answer = prove(jdk, library, "nested");
        assertThat(answer.findings()).containsExactly("pool-exhausted PROVEN");
        assertThat(answer.culprits("pool-exhausted")).containsExactlyInAnyOrder("borrower-1", "borrower-2");
        assertThat(answer.evidence("pool-exhausted"))
                .contains("2 at most, 2 there, 0 idle, 2 taken", "'borrower-1' (platform) at Borrowers.java:");
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("programs")
    void what_everybody_has_forgotten_is_proven_lost(Jdk jdk, String library) throws Exception {
        Answer answer = prove(jdk, library, "leaked");
        assertThat(answer.findings()).containsExactly("pool-exhausted PROVEN");
        assertThat(answer.evidence("pool-exhausted")).contains("nobody has it any more");
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("programs")
    void what_somebody_has_who_will_go_on_is_told_with_his_line_and_accuses_nobody(Jdk jdk, String library)
            throws Exception {
        Answer answer = prove(jdk, library, "busy");
        assertThat(answer.findings()).containsExactly("pool-exhausted HINT");
        assertThat(answer.exitCode()).isZero();
        assertThat(answer.evidence("pool-exhausted")).contains("'borrower-1' (platform) at Borrowers.java:");
    }

    private static Answer prove(Jdk jdk, String library, String story) throws Exception {
        try (JavaProcess program = JavaProcess.on(jdk, "-Xmx128m", "-cp", classPath, "Borrowers", library, story)
                .start()) {
            program.awaitLine("ready");
            return Answer.of(Shipped.run("prove", String.valueOf(program.pid()), "--json"));
        }
    }
}
