package dev.asyncinspect.cli;

import dev.asyncinspect.model.History;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskNumber;
import dev.asyncinspect.sources.SourceException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code task}: one task whole. */
@Command(
        name = "task",
        description = "Shows one task whole: its stack, what it holds, and the chain of waits down to the root cause.",
        footer = {"", "Examples:", "  async-inspect task 4711 12", "  async-inspect task 12 --file dump.txt"})
final class TaskCommand extends AnswerCommand {

    @Mixin
    TargetOptions target = new TargetOptions();

    @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "The number of the task: 12, T3.")
    @Nullable
    String number;

    @Override
    ExitCode answer(Terminal terminal, Environment environment) throws Exception {
        long id = id();
        List<History> histories = target.observe(environment, terminal);
        for (History history : histories) {
            Task task = history.latest().task(id);
            if (task != null) {
                print(terminal, environment, history, task);
                return ExitCode.HEALTHY;
            }
        }
        throw new SourceException(
                SourceException.Reason.UNREADABLE,
                "no task " + TaskNumber.text(id) + " in "
                        + histories.get(0).latest().source().description() + "; 'async-inspect tasks' lists them");
    }

    private void print(Terminal terminal, Environment environment, History history, Task task) {
        Snapshot snapshot = history.latest();
        if (output.json) {
            Snapshot chain = snapshot.withTasks(WaitChain.from(task, snapshot).tasks());
            new AnswerJson(terminal.out(), "task", environment.version())
                    .print(ExitCode.HEALTHY, List.of(Observed.part(history, chain)));
        } else {
            new TaskText(terminal, snapshot).print(task);
            terminal.line(CoverageText.of(history, terminal));
        }
    }

    /** With --file there is no JVM to name, so the one word on the command line is the task. */
    private long id() {
        String text = number;
        if (text == null && !target.files.isEmpty()) {
            text = target.target;
            target.target = null;
        }
        if (text == null) {
            throw target.usage("name the task: async-inspect task PID ID, or async-inspect task ID --file FILE");
        }
        try {
            return TaskNumber.parse(text);
        } catch (IllegalArgumentException e) {
            throw target.usage("'" + text + "' is no task number; 'async-inspect tasks' lists them");
        }
    }
}
