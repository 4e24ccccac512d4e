package dev.asyncinspect.cli;

import dev.asyncinspect.model.CodeSite;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskLife;
import dev.asyncinspect.model.TaskNumber;
import dev.asyncinspect.model.TaskState;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Recorded tasks as a table: one line each, or one line for all of one place that stand alike. */
final class LifeTable {

    private static final int NAME_WIDTH = 20;
    private static final String ROW = "%-15s %-" + NAME_WIDTH + "s %-9s %-9s %9s %6s %9s %9s %9s  %s";

    private LifeTable() {}

    static void print(Terminal terminal, Snapshot snapshot, List<Task> tasks, boolean fold) {
        terminal.line(terminal.paint(
                Terminal.Tone.QUIET,
                String.format(
                        Locale.ROOT,
                        ROW,
                        "ID",
                        "NAME",
                        "KIND",
                        "STATE",
                        "AGE",
                        "POLLS",
                        "RAN",
                        "SCHEDULED",
                        "BLOCKED",
                        "WHERE")));
        for (List<Task> alike :
                fold ? folded(tasks) : tasks.stream().map(List::of).toList()) {
            row(terminal, snapshot, alike.get(0), alike.size());
        }
    }

    private static void row(Terminal terminal, Snapshot snapshot, Task task, int times) {
        TaskLife life = task.life();
        terminal.line(terminal.fit(String.format(
                Locale.ROOT,
                ROW,
                TaskNumber.text(task.id()),
                cut(task.name()),
                cut(task.kind().label(), 9),
                task.state(),
                life == null ? "-" : Times.text(life.ageNanos()),
                life == null ? "-" : String.valueOf(life.polls()),
                life == null ? "-" : Times.text(life.runningNanos()),
                life == null ? "-" : Times.text(life.scheduledNanos()),
                life == null || task.state() == TaskState.PENDING ? "-" : Times.text(life.blockedNanos()),
                (times > 1 ? times + " × " : "") + where(snapshot, task))));
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

    private static String where(Snapshot snapshot, Task task) {
        Wait wait = task.waiting();
        Resource resource = wait == null ? null : snapshot.resource(wait.resourceId());
        if (wait != null && resource != null) {
            return "waits "
                    + (resource.id() == 0 ? "" : "for " + resource.kind().label() + " ") + "at " + wait.site();
        }
        CodeSite site = site(task);
        return site == null ? "of unknown origin" : "created at " + site;
    }

    private static String cut(String name) {
        return cut(name, NAME_WIDTH);
    }

    private static String cut(String text, int width) {
        return Terminal.cut(text, width);
    }
}
