package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {

    static Stream<String> commands() {
        FakeWorld world = new FakeWorld();
        return Cli.commandLine(world.out.stream(), world.err.stream(), world).getSubcommands().keySet().stream();
    }

    static Stream<String> answering() {
        return commands()
                .filter(command -> !List.of("test", "watch", "mcp", "run", "record", "events")
                        .contains(command));
    }

    @Test
    void root_help_is_the_reviewed_one() {
        FakeWorld world = new FakeWorld();
        assertThat(world.run("--help")).isZero();
        Golden.assertMatches("help", world.out.text());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void help_of_each_command_is_the_reviewed_one(String command) {
        FakeWorld world = new FakeWorld();
        assertThat(world.run(command, "--help")).isZero();
        assertThat(world.err.text()).isEmpty();
        Golden.assertMatches("help-" + command, world.out.text());
    }

    @ParameterizedTest
    @MethodSource("answering")
    void help_of_each_command_that_answers_lists_the_exit_codes(String command) {
        FakeWorld world = new FakeWorld();
        world.run(command, "--help");
        assertThat(world.out.text())
                .contains("0   healthy", "1   at least", "2   wrong", "3   the JVM", "4   incomplete");
    }

    @ParameterizedTest
    @ValueSource(strings = {"test", "watch", "run", "record", "events"})
    void help_of_each_command_that_goes_on_until_it_is_ended_says_what_it_then_ends_with(String command) {
        FakeWorld world = new FakeWorld();
        world.run(command, "--help");
        assertThat(world.out.text()).containsPattern("\n +130 +ended by Ctrl-C \\(143 by SIGTERM\\)");
    }

    @Test
    void completion_script_knows_every_command() {
        FakeWorld world = new FakeWorld();
        assertThat(world.run("completion")).isZero();
        assertThat(commands())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(world.out.text()).contains(name));
    }
}
