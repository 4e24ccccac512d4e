package dev.asyncinspect.cli;

import dev.asyncinspect.model.CodeSite;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskLife;
import dev.asyncinspect.model.TaskNumber;
import dev.asyncinspect.model.TaskState;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Recorded tasks as a table: one line each, or one line for all of one place that stand alike. */
final class LifeTable {

    private LifeTable() {}

    static void print(Terminal terminal, Snapshot snapshot, List<Task> tasks, boolean fold) {
        Table table = new Table(
                "WHERE",
                Table.Column.text("ID", 15, 0),
                Table.Column.cut("NAME", 20, 0),
                Table.Column.cut("KIND", 9, 6),
                Table.Column.text("STATE", 9, 0),
                Table.Column.number("AGE", 9, 1),
                Table.Column.number("POLLS", 6, 4),
                Table.Column.number("RAN", 9, 3),
                Table.Column.number("SCHEDULED", 9, 5),
                Table.Column.number("BLOCKED", 9, 2));
        for (List<Task> alike :
                fold ? folded(tasks) : tasks.stream().map(List::of).toList()) {
            row(table, snapshot, alike.get(0), alike.size());
        }
        table.print(terminal);
    }

    private static void row(Table table, Snapshot snapshot, Task task, int times) {
        TaskLife life = task.life();
        table.row(
                TaskNumber.text(task.id()),
                task.name(),
                task.kind().label(),
                task.state().toString(),
                life == null ? "-" : Times.text(life.ageNanos()),
                life == null ? "-" : Labels.grouped(life.polls()),
                life == null ? "-" : Times.text(life.runningNanos()),
                life == null ? "-" : Times.text(life.scheduledNanos()),
                life == null || task.state() == TaskState.PENDING ? "-" : Times.text(life.blockedNanos()),
                (times > 1 ? Labels.grouped(times) + " × " : "") + where(snapshot, task));
    }

    private static Iterable<List<Task>> folded(List<Task> tasks) {
        Map<Object, List<Task>> groups = new LinkedHashMap<>();
        for (Task task : tasks) {
            Wait wait = task.waiting();
            CodeSite site = site(task);
            Object key = site == null
                    ? task
                    : List.of(site, task.state(), task.kind(), wait == null ? "" : Objects.toString(wait.site()));
            groups.computeIfAbsent(key, k -> new ArrayList<>()).add(task);
        }
        return groups.values();
    }

    private static @Nullable CodeSite site(Task task) {
        return task.life() == null ? null : task.life().createdAt().orNull();
    }

    /** The kind, and of the end of a thread for whose: whoever joins several waits at one and the same place. */
    private static String named(Resource resource) {
        String kind = resource.kind().label();
        return resource.kind() == ResourceKind.THREAD_END && resource.name() != null
                ? kind + " " + resource.title()
                : kind;
    }

    private static String where(Snapshot snapshot, Task task) {
        Wait wait = task.waiting();
        Resource resource = wait == null ? null : snapshot.resource(wait.resourceId());
        if (wait != null && resource != null) {
            return "waits " + (resource.id() == 0 ? "" : "for " + named(resource) + " ") + "at " + wait.site();
        }
        CodeSite site = site(task);
        return site == null ? "of unknown origin" : Labels.created(site);
    }
}
