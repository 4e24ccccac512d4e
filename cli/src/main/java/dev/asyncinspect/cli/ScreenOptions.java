package dev.asyncinspect.cli;

import picocli.CommandLine.Option;

/** How texts look. */
final class ScreenOptions {

    enum Colour {
        auto,
        always,
        never
    }

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description = "auto, always or never (default: auto: on a terminal, unless NO_COLOR is set).")
    Colour colour = Colour.auto;

    @Option(names = "--no-color", description = "The same as --color=never.")
    boolean noColour;

    @Option(names = "--ascii", description = "Use ASCII characters only.")
    boolean ascii;

    @Option(
            names = "--width",
            paramLabel = "COLUMNS",
            defaultValue = "0",
            description =
                    "Cut lines of tables and trees at this column. Otherwise the tables of tasks are as wide as the terminal.")
    int width;

    Terminal onStdout(Cli cli) {
        return new Terminal(
                cli.out, cli.err, useColour(cli.environment), ascii, Math.max(0, width), cli.environment.columns());
    }

    /** For commands that leave stdout to somebody else. */
    Terminal onStderr(Cli cli) {
        return new Terminal(cli.err, cli.err, useColour(cli.environment), ascii, Math.max(0, width), 0);
    }

    private boolean useColour(Environment environment) {
        if (noColour) {
            return false;
        }
        return switch (colour) {
            case always -> true;
            case never -> false;
            case auto ->
                environment.onTerminal() && environment.variable("NO_COLOR").isEmpty();
        };
    }
}
