package dev.asyncinspect.cli;

import dev.asyncinspect.sources.RecorderSetting;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code config}: what a program would record with. */
@Command(
        name = "config",
        description = {
            "Prints the settings with which the library would record in a program that is started here, and where each"
                    + " comes from.",
            "What they mean, and which of them the agent has, too: docs/guide/library.md."
        },
        footer = {
            "",
            "The first that has a setting counts: what the program says; system properties",
            "(async-inspect.sample); the environment (ASYNC_INSPECT_SAMPLE); the file async-inspect.properties",
            "or the one that async-inspect.config or ASYNC_INSPECT_CONFIG names; the mode.",
            "",
            "Example:",
            "  ASYNC_INSPECT_MODE=production async-inspect config"
        })
final class ConfigCommand extends AnswerCommand {

    @Override
    ExitCode answer(Terminal terminal, Environment environment) {
        RecorderSetting.Effective effective = environment.observations().settings();
        effective.problems().forEach(problem -> terminal.err().println("async-inspect: " + problem));
        ExitCode code = effective.problems().isEmpty() ? ExitCode.HEALTHY : ExitCode.INCOMPLETE;
        if (output.json) {
            JsonOutput.print(terminal.out(), "config", environment.version(), code, json -> {
                json.writeName("settings");
                json.writeStartArray();
                effective.settings().forEach(one -> {
                    json.writeStartObject();
                    json.writeStringProperty("name", one.name());
                    json.writeStringProperty("value", one.value());
                    json.writeStringProperty("origin", one.origin());
                    json.writeEndObject();
                });
                json.writeEndArray();
            });
            return code;
        }
        effective
                .settings()
                .forEach(one -> terminal.line(
                        String.format(Locale.ROOT, "%-16s %-12s %s", one.name(), one.value(), one.origin())));
        return code;
    }
}
