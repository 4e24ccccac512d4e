package dev.asyncinspect.cli;

import dev.asyncinspect.model.History;
import dev.asyncinspect.model.Task;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code replay}: what a recorded JVM looked like at one moment. */
@Command(
        name = "replay",
        description = "Shows what a recorded JVM looked like at one moment: its tasks, and what was wrong by then.",
        footer = {
            "",
            "Examples:",
            "  async-inspect replay run.air",
            "  async-inspect replay run.air --at 1.5s",
            "  async-inspect replay 4711",
            "  async-inspect replay run.air --at 2026-01-02T12:00:00Z --all"
        })
final class ReplayCommand extends AnswerCommand {

    @Mixin
    RecordingSource recording = new RecordingSource();

    @Mixin
    AtOption at = new AtOption();

    @Option(names = "--all", description = "Also tasks that were over by then.")
    boolean all;

    @Override
    ExitCode answer(Terminal terminal, Environment environment) throws Exception {
        Diagnosis diagnosis = Diagnosis.of(History.of(recording.read(environment, at)));
        History history = diagnosis.history();
        ExitCode code = diagnosis.exitCode();
        if (output.json) {
            new AnswerJson(terminal.out(), "replay", environment.version())
                    .print(code, List.of(Observed.whole(diagnosis)));
            return code;
        }
        if (history.recording() != null) {
            terminal.line(ProfileText.head(history.recording()));
        }
        List<Task> tasks = history.latest().tasks().stream()
                .filter(task -> all || !task.state().isOver())
                .toList();
        int over = history.latest().tasks().size() - tasks.size();
        TaskTable.print(terminal, history.latest(), tasks, true);
        if (over > 0) {
            terminal.line("… and " + Labels.count(over, "task") + " that " + (over == 1 ? "was" : "were")
                    + " over by then (--all)");
        }
        terminal.line();
        diagnosis.print(terminal);
        return code;
    }
}
