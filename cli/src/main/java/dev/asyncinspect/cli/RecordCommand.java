package dev.asyncinspect.cli;

import dev.asyncinspect.sources.JvmProcess;
import dev.asyncinspect.sources.RecordingState;
import dev.asyncinspect.sources.SourceException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code record}: makes a running JVM record. */
@Command(
        name = "record",
        description = {
            "Makes a running JVM record what its threads and tasks do, until it is stopped or ends.",
            "An agent is loaded that weaves hooks into classes of the JDK; stop takes them out again."
                    + " What that costs: docs/safety/record.md."
        },
        footer = {"", "Examples:", "  async-inspect record 4711", "  async-inspect stop 4711"})
final class RecordCommand extends AnswerCommand {

    @Mixin
    LiveTarget target = new LiveTarget();

    @Override
    ExitCode answer(Terminal terminal, Environment environment) throws SourceException {
        Observations observations = environment.observations();
        JvmProcess jvm = target.find(observations);
        RecordingState recording = observations.record(jvm, target.timeout);
        if (output.json) {
            JsonOutput.print(
                    terminal.out(),
                    "record",
                    environment.version(),
                    ExitCode.HEALTHY,
                    json -> RecordingStateJson.write(recording, json));
            return ExitCode.HEALTHY;
        }
        terminal.line("Process " + jvm.pid() + " records: " + RecordingText.summary(recording));
        RecordingText.troubles(recording).forEach(terminal::line);
        terminal.line("Stop it with: async-inspect stop " + jvm.pid());
        return ExitCode.HEALTHY;
    }
}
