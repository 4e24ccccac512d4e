package dev.asyncinspect.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class JavaProcessTest {

    private final Jdk running = Jdk.at(Path.of(System.getProperty("java.home"))).orElseThrow();

    @Test
    void output_and_exit_code_are_kept_apart() throws Exception {
        Ended ended = program("say out", "complain err", "exit 3").run();
        assertThat(ended).isEqualTo(new Ended(3, "out\n", "err\n"));
    }

    @Test
    void output_larger_than_a_pipe_does_not_block_the_program() throws Exception {
        Ended ended = program("flood 100000").run();
        assertThat(ended.stdout()).hasSize(100_000 * 10);
        assertThat(ended.stderr()).hasSize(100_000 * 10);
    }

    @Test
    void a_line_is_awaited_and_the_program_spoken_to() throws Exception {
        try (JavaProcess process = program("say first", "echo").start()) {
            assertThat(process.awaitLine("fir")).isEqualTo("first");
            process.writeLine("hello");
            assertThat(process.awaitLine("heard")).isEqualTo("heard hello");
            assertThat(process.awaitEnd().exitCode()).isZero();
        }
    }

    @Test
    void a_line_that_does_not_come_fails_with_all_that_was_printed() throws Exception {
        try (JavaProcess process =
                program("say something", "complain trouble", "exit 4").start()) {
            assertThatThrownBy(() -> process.awaitLine("else"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("no line with 'else'")
                    .hasMessageContaining("something");
        }
    }

    @Test
    void an_unfinished_line_is_not_a_line_yet() throws Exception {
        try (JavaProcess process =
                program("mutter part", "echo").patience(Duration.ofMillis(500)).start()) {
            assertThatThrownBy(() -> process.awaitLine("part")).hasMessageContaining("(alive)");
        }
    }

    @Test
    void closing_kills() throws Exception {
        JavaProcess process = program("say ready", "echo").start();
        process.awaitLine("ready");
        process.close();
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void a_program_that_does_not_end_is_told() throws Exception {
        try (JavaProcess process =
                program("say ready", "hang").patience(Duration.ofMillis(500)).start()) {
            assertThatThrownBy(process::awaitEnd).hasMessageContaining("still alive after PT0.5S");
        }
    }

    @Test
    void a_variable_of_the_environment_reaches_the_program() throws Exception {
        assertThat(program("variable OURS").environment("OURS", "yes").run().stdout())
                .isEqualTo("yes\n");
    }

    @Test
    void options_in_the_environment_of_the_tests_do_not_reach_the_program() {
        Map<String, String> environment =
                new HashMap<>(Map.of("JAVA_TOOL_OPTIONS", "-ea", "JDK_JAVA_OPTIONS", "-ea", "OURS", "yes"));
        JavaProcess.Launch.clean(environment);
        assertThat(environment).containsExactly(Map.entry("OURS", "yes"));
    }

    private JavaProcess.Launch program(String... steps) {
        return JavaProcess.on(running, "-cp", System.getProperty("java.class.path"), Steps.class.getName())
                .with(steps);
    }
}
