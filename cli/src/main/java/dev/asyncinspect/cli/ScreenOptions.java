package dev.asyncinspect.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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

    /** 0: not asked for. */
    private int width;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--width",
            paramLabel = "COLUMNS",
            description =
                    "Cut lines of tables and trees at this column. Otherwise the tables of tasks are as wide as the terminal.")
    void width(int columns) {
        if (columns < 1) {
            throw new ParameterException(
                    Objects.requireNonNull(command).commandLine(), "--width must be 1 or more: " + columns);
        }
        width = columns;
    }

    Terminal onStdout(Cli cli) {
        return new Terminal(cli.out, cli.err, useColour(cli.environment), ascii, width, cli.environment.columns());
    }

    /** For commands that leave stdout to somebody else. */
    Terminal onStderr(Cli cli) {
        return new Terminal(cli.err, cli.err, useColour(cli.environment), ascii, width, 0);
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
