package dev.asyncinspect.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** What all commands that answer share. */
abstract class AnswerCommand implements Callable<Integer> {

    @ParentCommand
    @Nullable
    Cli cli;

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public final Integer call() throws Exception {
        Cli parent = Objects.requireNonNull(cli);
        return answer(output.terminal(parent), parent.environment).code();
    }

    /** Does what the command is for. */
    abstract ExitCode answer(Terminal terminal, Environment environment) throws Exception;
}
