package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

class CommandsTest {

    @Test
    void a_command_that_is_named_is_made_alone() {
        assertThat(Commands.named(new String[] {"why", "4711"})).containsExactly("why");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "completion", "whi", ""})
    void where_the_first_word_does_not_name_one_all_are_there(String word) {
        assertThat(Commands.named(new String[] {word})).isEqualTo(Commands.ALL);
    }

    @Test
    void without_a_word_all_are_there() {
        assertThat(Commands.named(new String[0])).isEqualTo(Commands.ALL);
    }

    @Test
    void each_is_known_by_the_name_that_its_help_shows() {
        assertThat(Commands.ALL).allSatisfy(name -> {
            Command command = Commands.make(name).getClass().getAnnotation(Command.class);
            assertThat(command.name()).isEqualTo(name);
        });
    }
}
