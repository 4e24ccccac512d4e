package dev.asyncinspect.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every command that answers. */
final class OutputOptions {

    @Option(names = "--json", description = "Answer in JSON; schema: docs/schema/cli-v1.schema.json.")
    boolean json;

    @Mixin
    ScreenOptions screen = new ScreenOptions();

    Terminal terminal(Cli cli) {
        return screen.onStdout(cli);
    }
}
