package dev.asyncinspect.cli;

import dev.asyncinspect.model.History;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskKind;
import dev.asyncinspect.model.TaskState;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tasks}: the tasks of a JVM as a table. */
@Command(
        name = "tasks",
        description = "Lists the tasks of a JVM; tasks that stand at the same place are folded into one line.",
        footer = {
            "",
            "Examples:",
            "  async-inspect tasks 4711 --state blocked --sort age --desc",
            "  async-inspect tasks --file dump.txt --name 'pool-*' --no-fold",
            "  async-inspect tasks 4711 --attach --kind virtual_thread --in com.shop.Checkout"
        })
final class TasksCommand extends AnswerCommand {

    enum Sort {
        id,
        name,
        state,
        age,
        cpu
    }

    @Mixin
    TargetOptions target = new TargetOptions();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only tasks in this state: ${COMPLETION-CANDIDATES}.")
    @Nullable
    TaskState state;

    @Option(names = "--kind", paramLabel = "KIND", description = "Only tasks of this kind: ${COMPLETION-CANDIDATES}.")
    @Nullable
    TaskKind kind;

    @Option(
            names = "--name",
            paramLabel = "TEXT",
            description = "Only tasks whose name contains TEXT; * stands for anything.")
    @Nullable
    String name;

    @Option(
            names = "--in",
            paramLabel = "PLACE",
            description = "Only tasks with code of this class, or of a class of this package, on their stack.")
    @Nullable
    String in;

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            description = "Only tasks that started longer ago: 500ms, 10s, 5m; drops tasks of unknown age.")
    @Nullable
    Duration olderThan;

    @Option(
            names = "--sort",
            paramLabel = "KEY",
            defaultValue = "id",
            description = "Sort by ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    Sort sort = Sort.id;

    @Option(names = "--desc", description = "Sort the other way round.")
    boolean descending;

    @Option(names = "--no-fold", description = "One line for each task.")
    boolean noFold;

    @Override
    ExitCode answer(Terminal terminal, Environment environment) throws Exception {
        List<History> histories = target.observe(environment, terminal);
        ExitCode code = ExitCode.HEALTHY;
        for (History history : histories) {
            code = code == ExitCode.HEALTHY ? Diagnosis.completeness(history) : code;
        }
        if (output.json) {
            new AnswerJson(terminal.out(), "tasks", environment.version())
                    .print(
                            code,
                            histories.stream()
                                    .map(h -> Observed.part(h, filtered(h.latest())))
                                    .toList());
            return code;
        }
        for (History history : histories) {
            List<Task> tasks =
                    filtered(history.latest()).tasks().stream().sorted(order()).toList();
            TaskTable.print(terminal, history.latest(), tasks, !noFold);
            terminal.line(CoverageText.of(history, terminal));
        }
        return code;
    }

    private Snapshot filtered(Snapshot snapshot) {
        return snapshot.withTasks(snapshot.tasks().stream().filter(filter()).toList());
    }

    private Predicate<Task> filter() {
        Predicate<String> nameFits = NamePattern.of(name == null ? "" : name);
        return task -> (state == null || task.state() == state)
                && (kind == null || task.kind() == kind)
                && nameFits.test(task.name())
                && (in == null || task.stack().frames().stream().anyMatch(frame -> frame.isIn(in)))
                && (olderThan == null || ages(task) > olderThan.toNanos());
    }

    private Comparator<Task> order() {
        Comparator<Task> order = switch (sort) {
            case id -> Comparator.comparingLong(Task::id);
            case name -> Comparator.comparing(task -> task.name().toLowerCase(Locale.ROOT));
            case state -> Comparator.comparing(Task::state);
            case age -> Comparator.comparingLong(TasksCommand::ages);
            case cpu ->
                Comparator.comparingLong(
                        task -> task.thread() == null ? -1 : task.thread().cpuNanos());
        };
        return descending ? order.reversed() : order;
    }

    private static long ages(Task task) {
        return task.thread() == null ? -1 : task.thread().elapsedNanos();
    }
}
