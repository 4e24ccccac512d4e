package dev.asyncinspect.cli;

import dev.asyncinspect.sources.JvmProcess;
import dev.asyncinspect.sources.RecordingState;
import dev.asyncinspect.sources.SourceException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code stop}: ends the recording in a JVM and takes everything out of it. */
@Command(
        name = "stop",
        description = "Ends the recording in a JVM, restores the classes that were woven, and makes the agent leave.",
        footer = {"", "Example:", "  async-inspect stop 4711"})
final class StopCommand extends AnswerCommand {

    @Mixin
    LiveTarget target = new LiveTarget();

    @Override
    ExitCode answer(Terminal terminal, Environment environment) throws SourceException {
        Observations observations = environment.observations();
        JvmProcess jvm = target.find(observations);
        RecordingState recording = observations.stopRecording(jvm, target.timeout);
        boolean restored = recording == null || recording.notRestored().isEmpty();
        ExitCode code = restored ? ExitCode.HEALTHY : ExitCode.INCOMPLETE;
        if (output.json) {
            JsonOutput.print(terminal.out(), "stop", environment.version(), code, json -> {
                if (recording != null) {
                    RecordingStateJson.write(recording, json);
                }
            });
        } else if (recording == null) {
            terminal.line("Process " + jvm.pid() + " does not record.");
        } else {
            terminal.line("Process " + jvm.pid() + " records no longer: "
                    + RecordingText.events(recording) + "; "
                    + (restored
                            ? "all classes are what they were."
                            : "not all could be restored: " + recording.notRestored()));
        }
        return code;
    }
}
