package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.sources.JvmProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {

    private final FakeWorld sick = new FakeWorld(Scene.bank().twice());
    private final FakeWorld calm = new FakeWorld(Scene.calm().twice());

    @Test
    void why_on_a_deadlock_ends_with_1_and_the_coverage_line() {
        assertThat(sick.run("why", "4711")).isEqualTo(1);
        assertThat(sick.out.text().lines().toList())
                .first()
                .asString()
                .startsWith(
                        "[FAIL] Deadlock #1 detected!   lock-cycle · PROVEN (same state in 2 samples, 250 ms apart)");
        assertThat(sick.out.text().lines().toList())
                .last()
                .isEqualTo("Seen: 8 of 8 threads, 2 samples. Not seen: owners of java.util.concurrent locks of virtual"
                        + " threads (attach to see).");
        assertThat(sick.err.text()).isEmpty();
    }

    @Test
    void why_on_a_healthy_jvm_ends_with_0() {
        assertThat(calm.run("why", "shop.Main")).isZero();
        assertThat(calm.found).isEqualTo("shop.Main");
        assertThat(calm.out.text()).startsWith("[ OK ] Nothing wrong found in pid 4711 (java app.jar).");
    }

    @Test
    void truncated_dump_ends_with_4_unless_it_shows_a_finding() {
        FakeWorld cut = new FakeWorld(Scene.calm().truncated().once());
        assertThat(cut.run("why", "--file", "cut.txt")).isEqualTo(4);
        assertThat(cut.out.text())
                .startsWith("[PART] Nothing wrong found in the part of pid 4711 (java app.jar) that could be read.")
                .doesNotContain("[ OK ]");
        assertThat(new FakeWorld(Scene.bank().truncated().once()).run("why", "--file", "cut.txt"))
                .isEqualTo(1);
        assertThat(new FakeWorld(Scene.calm().truncated().once()).run("tasks", "--file", "cut.txt"))
                .isEqualTo(4);
    }

    @Test
    void several_jvms_end_with_the_worst_code() {
        var calmHistory = Scene.calm().once();
        assertThat(new FakeWorld(calmHistory, Scene.bank().once()).run("analyze", "a", "b"))
                .isEqualTo(1);
        assertThat(new FakeWorld(Scene.calm().truncated().once(), calmHistory).run("analyze", "a", "b"))
                .isEqualTo(4);
        assertThat(new FakeWorld(calmHistory, Scene.calm().truncated().once()).run("analyze", "a", "b"))
                .isEqualTo(4);
        assertThat(new FakeWorld(Scene.calm().truncated().once(), Scene.bank().once()).run("analyze", "a", "b"))
                .isEqualTo(1);
    }

    static Stream<Arguments> wrongLines() {
        return Stream.of(
                Arguments.of("why", "name a JVM"),
                Arguments.of("why 4711 --file x", "not both"),
                Arguments.of("why 4711 --samples 0", "--samples must be between 1 and 1000: 0"),
                Arguments.of("why 4711 --width -3", "--width must be 1 or more: -3"),
                Arguments.of("stats run.air --width 0", "--width must be 1 or more: 0"),
                Arguments.of("why 4711 --timeout 0", "--timeout must be longer"),
                Arguments.of("why 4711 --interval 5x", "'5x' is no time"),
                Arguments.of("why --file - other.txt", "standard input"),
                Arguments.of("why --fil x", "unknown option '--fil'; did you mean --file?"),
                Arguments.of("whi", "unknown command 'whi'; did you mean why?"),
                Arguments.of("tasks 4711 --state ill", "PENDING, SCHEDULED"),
                Arguments.of("task 4711", "name the task"),
                Arguments.of("task 4711 x", "'x' is no task number"),
                Arguments.of("", "name a command"));
    }

    @ParameterizedTest
    @MethodSource("wrongLines")
    void wrong_command_line_ends_with_2_and_one_line(String line, String message) {
        assertThat(calm.run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
        assertThat(calm.out.text()).isEmpty();
        assertThat(calm.err.text().lines().toList()).hasSize(2);
        assertThat(calm.err.text()).startsWith("async-inspect: ").contains(message, "--help' for help.");
    }

    @ParameterizedTest
    @CsvSource({
        "why nobody, 3, no JVM is called 'nobody'",
        "why --file broken, 4, broken: is no thread dump",
        "why --file bug, 4, internal error: java.lang.IllegalStateException: a bug; set ASYNC_INSPECT_DEBUG=1",
        "why --file overflow, 4, internal error: java.lang.StackOverflowError; set ASYNC_INSPECT_DEBUG=1",
        "task 4711 99, 4, no task #99"
    })
    void failure_is_one_line_on_stderr(String line, int code, String message) {
        assertThat(calm.run(line.split(" "))).isEqualTo(code);
        assertThat(calm.out.text()).isEmpty();
        assertThat(calm.err.text().lines().toList())
                .hasSize(1)
                .first()
                .asString()
                .contains(message);
    }

    @Test
    void debug_variable_shows_the_stack() {
        calm.variables.put("ASYNC_INSPECT_DEBUG", "1");
        calm.run("why", "--file", "bug");
        assertThat(calm.err.text()).contains("\tat dev.asyncinspect.cli.");
    }

    @Test
    void sampling_is_as_asked_and_never_dumps_virtual_threads_by_default() {
        calm.run("why", "4711");
        assertThat(calm.sampling.samples()).isEqualTo(2);
        assertThat(calm.sampling.interval()).isEqualTo(Duration.ofMillis(250));
        assertThat(calm.sampling.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(calm.sampling.virtualThreadDump()).isFalse();
        calm.run("why", "4711", "--samples", "5", "--interval", "2s", "--timeout", "1m", "--virtual-thread-dump");
        assertThat(calm.sampling.samples()).isEqualTo(5);
        assertThat(calm.sampling.interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(calm.sampling.timeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(calm.sampling.virtualThreadDump()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "250, 250000000",
        "250ms, 250000000",
        "500us, 500000",
        "2s, 2000000000",
        "1.5s, 1500000000",
        "0.25ms, 250000",
        "0.5m, 30000000000",
        "1m, 60000000000",
        "2h, 7200000000000",
        "4m05s, 245000000000",
        "2h10m, 7800000000000",
        "3d04h, 273600000000000"
    })
    void times_have_units(String text, long nanos) {
        assertThat(new DurationConverter().convert(text)).isEqualTo(Duration.ofNanos(nanos));
    }

    @Test
    void dash_reads_standard_input() {
        calm.run("why", "--file", "-");
        assertThat(calm.filesRead).containsExactly(Path.of("-"));
    }

    @Test
    void colour_is_only_for_terminals_that_want_it() {
        assertThat(coloured(false, "")).isFalse();
        assertThat(coloured(true, "")).isTrue();
        assertThat(coloured(true, "1")).isFalse();
        assertThat(coloured(true, "", "--no-color")).isFalse();
        assertThat(coloured(true, "", "--color=never")).isFalse();
        assertThat(coloured(false, "1", "--color=always")).isTrue();
        assertThat(coloured(true, "", "--json")).isFalse();
    }

    private static boolean coloured(boolean terminal, String noColor, String... options) {
        FakeWorld world = new FakeWorld(Scene.bank().twice());
        world.terminal = terminal;
        world.variables.put("NO_COLOR", noColor);
        world.run(Stream.concat(Stream.of("why", "4711"), Stream.of(options)).toArray(String[]::new));
        return world.out.text().contains("\u001b[");
    }

    @ParameterizedTest
    @CsvSource({
        "--name transfer, 12 13",
        "--name *-2?, ''",
        "--name clerk*4, 24",
        "--name CLERK-21, 21",
        "--state running, 30",
        "--kind platform_thread, 30",
        "--older-than 1m --name main, 30",
        "--older-than 2m, ''",
        "--in shop.Bank --name transfer, 12 13",
        "--in shop --name transfer, 12 13",
        "--in shop.Ban, ''",
        "--in sho, ''",
        "--sort cpu --desc --name r, 25 24 23 22 21 13 12",
        "--sort name --name -2, 21 22 23 24 25 13"
    })
    void tasks_are_filtered_and_sorted(String options, String ids) {
        assertThat(sick.run(("tasks 4711 --no-fold " + options).split(" "))).isZero();
        String shown = String.join(
                " ",
                sick.out
                        .text()
                        .lines()
                        .filter(line -> line.startsWith("#"))
                        .map(line -> line.substring(1, line.indexOf(' ')))
                        .toList());
        assertThat(shown).isEqualTo(ids);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 80})
    void width_cuts_the_lines_of_tables(int width) {
        sick.run("tasks", "4711", "--width", String.valueOf(width));
        assertThat(sick.out.text().lines().filter(line -> line.startsWith("#")))
                .hasSize(4)
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width))
                .anySatisfy(line -> assertThat(line).hasSize(width).endsWith("…"));
    }

    @Test
    void list_and_info_tell_what_keeps_us_from_a_jvm() {
        calm.jvms.add(new JvmProcess(99, "", "", null, "runs as another user"));
        assertThat(calm.run("list")).isZero();
        assertThat(calm.out.text())
                .contains("4711  ada          25.0.3             shop.Main")
                .contains("99  unknown      unknown            unknown   (runs as another user)");
        assertThat(calm.run("info", "4711")).isZero();
        assertThat(calm.out.text()).contains("2, of which 1 can be looked at", "obstacle       none");
    }

    @Test
    void version_is_one_line_in_every_spelling() {
        assertThat(calm.run("version")).isZero();
        assertThat(calm.run("--version")).isZero();
        assertThat(calm.run("-V")).isZero();
        assertThat(calm.out.text()).isEqualTo("async-inspect 1.2.3\n".repeat(3));
    }
}
