package dev.asyncinspect.cli;

import picocli.CommandLine.Command;

/** {@code version}: one line. */
@Command(name = "version", description = "Prints the version.")
final class VersionCommand extends AnswerCommand {

    @Override
    ExitCode answer(Terminal terminal, Environment environment) {
        if (output.json) {
            JsonOutput.print(terminal.out(), "version", environment.version(), ExitCode.HEALTHY, json -> {});
        } else {
            terminal.line("async-inspect " + environment.version());
        }
        return ExitCode.HEALTHY;
    }
}
