package dev.asyncinspect.cli;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskNumber;
import dev.asyncinspect.model.ThreadAttributes;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tasks as a table: one line each, or one line for all that stand at the same place. */
final class TaskTable {

    private TaskTable() {}

    static void print(Terminal terminal, Snapshot snapshot, List<Task> tasks, boolean fold) {
        if (tasks.stream().anyMatch(task -> task.life() != null)) {
            LifeTable.print(terminal, snapshot, tasks, fold);
            return;
        }
        Table table = new Table(
                "WHERE",
                Table.Column.text("ID", 8, 0),
                Table.Column.cut("NAME", 28, 0),
                Table.Column.text("KIND", 9, 3),
                Table.Column.text("STATE", 9, 0),
                Table.Column.number("AGE", 9, 1),
                Table.Column.number("CPU", 9, 2));
        for (List<Task> alike :
                fold ? folded(tasks) : tasks.stream().map(List::of).toList()) {
            Task task = alike.get(0);
            ThreadAttributes thread = task.thread();
            table.row(
                    TaskNumber.text(task.id()),
                    task.name(),
                    task.kind().label(),
                    task.state().toString(),
                    thread == null ? "-" : Times.text(thread.elapsedNanos()),
                    thread == null ? "-" : Times.text(thread.cpuNanos()),
                    (alike.size() > 1 ? Labels.grouped(alike.size()) + " × " : "") + where(snapshot, task));
        }
        table.print(terminal);
        if (tasks.isEmpty()) {
            terminal.line("no task fits");
        }
    }

    private static Iterable<List<Task>> folded(List<Task> tasks) {
        Map<Object, List<Task>> groups = new LinkedHashMap<>();
        for (Task task : tasks) {
            Object key = task.stack().isEmpty() ? task : List.of(task.stack(), task.state(), task.kind());
            groups.computeIfAbsent(key, k -> new ArrayList<>()).add(task);
        }
        return groups.values();
    }

    private static String where(Snapshot snapshot, Task task) {
        Wait wait = task.waiting();
        Resource resource = wait == null ? null : snapshot.resource(wait.resourceId());
        if (wait != null && resource != null) {
            return "waits for " + resource.kind().label() + " at " + wait.site();
        }
        Frame place = FactText.place(task);
        return place == null ? "no Java frames" : "at " + place;
    }
}
