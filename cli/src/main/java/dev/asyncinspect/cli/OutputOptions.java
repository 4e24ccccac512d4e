package dev.asyncinspect.cli;

import picocli.CommandLine.Option;

/** Options of every command that answers. */
final class OutputOptions {

    enum Colour {
        auto,
        always,
        never
    }

    @Option(names = "--json", description = "Answer in JSON; schemas are under docs/schema.")
    boolean json;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description = "auto, always or never (default: auto: on a terminal, unless NO_COLOR is set).")
    Colour colour = Colour.auto;

    @Option(names = "--ascii", description = "Use ASCII characters only.")
    boolean ascii;

    boolean useColour(Environment environment) {
        return switch (colour) {
            case always -> true;
            case never -> false;
            case auto ->
                environment.onTerminal() && environment.variable("NO_COLOR").isEmpty();
        };
    }
}
