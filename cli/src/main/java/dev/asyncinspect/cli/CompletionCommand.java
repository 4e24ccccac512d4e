package dev.asyncinspect.cli;

import java.util.Objects;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** {@code completion}: a script for bash and zsh. */
@Command(
        name = "completion",
        description = "Prints a completion script for bash and zsh.",
        footer = {"", "Example:", "  source <(async-inspect completion)"})
final class CompletionCommand extends AnswerCommand {

    @Override
    ExitCode answer(Terminal terminal, Environment environment) {
        var root = Objects.requireNonNull(Objects.requireNonNull(cli).spec).commandLine();
        terminal.out().print(AutoComplete.bash("async-inspect", root));
        return ExitCode.HEALTHY;
    }
}
