package dev.asyncinspect.cli;

import picocli.CommandLine.Command;

/** {@code version}: one line. */
@Command(name = "version", description = "Prints the version.")
final class VersionCommand extends AnswerCommand {

    @Override
    ExitCode answer(Terminal terminal, Environment environment) {
        terminal.line("async-inspect " + version());
        return ExitCode.HEALTHY;
    }

    /** Told by the launcher, which knows the jar; unknown when the classes run from a folder. */
    static String version() {
        return System.getProperty("dev.asyncinspect.version", "development");
    }
}
