package dev.asyncinspect.cli;

import dev.asyncinspect.model.CodeSite;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskLife;
import dev.asyncinspect.model.TaskNumber;
import dev.asyncinspect.model.ThreadAttributes;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One task as a person reads it. */
final class TaskText {

    private final Terminal terminal;
    private final Snapshot snapshot;

    TaskText(Terminal terminal, Snapshot snapshot) {
        this.terminal = terminal;
        this.snapshot = snapshot;
    }

    void print(Task task) {
        terminal.line(task.label() + "  " + task.state());
        ThreadAttributes thread = task.thread();
        if (thread != null) {
            terminal.line("  " + attributes(thread));
        }
        TaskLife life = task.life();
        if (life != null) {
            life(life);
        }
        terminal.line();
        terminal.line("Waits:");
        waits(task);
        terminal.line();
        Map<Resource, Hold> holds = holds(task);
        if (!holds.isEmpty()) {
            terminal.line("Holds:");
            holds.forEach((resource, hold) -> terminal.line(
                    "  " + resource.label() + " since " + FactText.since(hold.site()) + waiters(resource)));
            terminal.line();
        }
        if (task.life() != null) {
            guide(task);
            return; // a recording has no stacks
        }
        terminal.line("Stack:");
        stack(task, holds);
        terminal.line();
    }

    /** Only what it waits for, and what that waits for. */
    void waits(Task task) {
        chain(WaitChain.from(task, snapshot));
    }

    private void life(TaskLife life) {
        CodeSite site = life.createdAt().orNull();
        Long parent = life.parentId().orNull();
        Long waker = life.wakerId().orNull();
        Labels labels = new Labels(snapshot);
        terminal.line(
                "  " + (site == null ? "created at unknown (" + life.createdAt().basis() + ")" : Labels.created(site))
                        + " by "
                        + (parent == null ? "unknown (" + life.parentId().basis() + ")" : labels.shortTask(parent)));
        String spent = "ran " + Times.text(life.runningNanos()) + " in " + Labels.count(life.polls(), "poll")
                + ", waited for a thread " + Times.text(life.scheduledNanos()) + ", blocked "
                + Times.text(life.blockedNanos());
        terminal.line("  age " + Times.text(life.ageNanos()) + ": " + (life.polls() == 0 ? "never polled" : spent));
        terminal.line("  woken " + Labels.count(life.wakes(), "time")
                + (life.selfWakes() == 0 ? "" : ", " + life.selfWakes() + " by itself")
                + (waker == null ? "" : ", last by " + labels.shortTask(waker)));
        if (life.failure() != null) {
            terminal.line("  failed with " + life.failure());
        }
        if (!life.complete()) {
            terminal.line("  events of its life are missing: the numbers are lower bounds");
        }
    }

    private void guide(Task task) {
        List<String> advice = StuckGuide.of(snapshot, task);
        if (!advice.isEmpty()) {
            terminal.line("If it is stuck:");
            advice.forEach(line -> terminal.line("  • " + line));
            terminal.line();
        }
    }

    private static String attributes(ThreadAttributes thread) {
        List<String> parts = new ArrayList<>();
        parts.add("age " + Times.text(thread.elapsedNanos()));
        parts.add("cpu " + Times.text(thread.cpuNanos()));
        if (thread.state() != null) {
            parts.add("thread state " + thread.state());
        }
        if (thread.nativeId() != ThreadAttributes.NONE) {
            parts.add("native id " + thread.nativeId());
        }
        if (thread.daemon()) {
            parts.add("daemon");
        }
        if (thread.carrierId() != ThreadAttributes.NONE) {
            parts.add("on carrier #" + thread.carrierId());
        }
        if (thread.container() != null) {
            parts.add("in " + thread.container());
        }
        return String.join(", ", parts);
    }

    private void chain(WaitChain chain) {
        String indent = "  ";
        for (WaitChain.Step step : chain.steps()) {
            Resource resource = step.resource();
            if (step.waiting() == null || resource == null) {
                Frame place = FactText.place(step.task());
                terminal.line(indent + step.task().label() + " does not wait: "
                        + step.task().state() + (place == null ? "" : " at " + place));
                return;
            }
            terminal.line(indent + "→ " + step.task().label() + " waits "
                    + (resource.id() == 0 ? "" : "for " + resource.label() + Labels.details(resource) + " ") + "at "
                    + step.waiting().site() + since(step.waiting()));
            terminal.line(indent + "     … " + heldBy(step, resource));
            indent += "  ";
        }
        if (chain.circle()) {
            terminal.line(indent + "… which is in this chain already: a circle. 'why' tells the whole story.");
        }
    }

    private static String since(Wait wait) {
        Long waited = wait.waitedNanos().orNull();
        return waited == null ? "" : ", for " + Times.text(waited);
    }

    private String heldBy(WaitChain.Step step, Resource resource) {
        Hold hold = step.holder();
        if (hold != null) {
            Task holder = snapshot.task(hold.taskId());
            return hold.mode().heldBy(resource.kind()) + " "
                    + (holder == null ? "Task " + TaskNumber.text(hold.taskId()) + " (not seen)" : holder.label())
                    + (hold.mode().isTaken() ? " since " + FactText.since(hold.site()) : "")
                    + (step.others() == 0
                            ? ""
                            : "; " + step.others() + (hold.mode().isTaken() ? " more hold it too" : " more as well"));
        }
        if (resource.kind() == ResourceKind.SLEEP) {
            return "until its time has passed";
        }
        return resource.holders().orNull() == null
                ? "held by: unknown (" + resource.holders().basis() + ")"
                : "held by nobody";
    }

    private Map<Resource, Hold> holds(Task task) {
        Map<Resource, Hold> holds = new LinkedHashMap<>();
        for (Resource resource : snapshot.resources()) {
            for (Hold hold : resource.knownHolders()) {
                if (hold.taskId() == task.id() && hold.mode().isTaken()) {
                    holds.putIfAbsent(resource, hold);
                }
            }
        }
        return holds;
    }

    private String waiters(Resource resource) {
        long waiters = snapshot.tasks().stream()
                .map(Task::waiting)
                .filter(wait -> wait != null && wait.resourceId() == resource.id())
                .count();
        return waiters == 0 ? "" : ", waiters " + waiters;
    }

    /** The frames; marked where the task waits and in which it took what it holds. */
    private void stack(Task task, Map<Resource, Hold> holds) {
        if (task.stack().isEmpty()) {
            terminal.line("  none: not in this source");
        }
        Map<Integer, List<String>> marks = marks(task, holds);
        List<Frame> frames = task.stack().frames();
        for (int i = 0; i < frames.size(); i++) {
            Frame frame = frames.get(i);
            List<String> here = marks.getOrDefault(i, List.of());
            terminal.line("  at " + frame.className() + "." + frame.method() + " (" + frame.place() + ")"
                    + (here.isEmpty() ? "" : terminal.paint(Terminal.Tone.NOTE, "   ← " + String.join(", ", here))));
        }
    }

    private Map<Integer, List<String>> marks(Task task, Map<Resource, Hold> holds) {
        Map<Integer, List<String>> marks = new LinkedHashMap<>();
        Wait wait = task.waiting();
        Resource awaited = wait == null ? null : snapshot.resource(wait.resourceId());
        if (wait != null && awaited != null) {
            mark(marks, task, wait.site().frame(), "waits for " + awaited.label());
        }
        holds.forEach((resource, hold) -> {
            Frame since = hold.site().orNull();
            mark(marks, task, since, "holds " + resource.label() + (since == null ? "" : " since " + since.place()));
        });
        return marks;
    }

    private static void mark(Map<Integer, List<String>> marks, Task task, @Nullable Frame where, String text) {
        List<Frame> frames = task.stack().frames();
        for (int i = 0; where != null && i < frames.size(); i++) {
            Frame frame = frames.get(i);
            if (frame.className().equals(where.className()) && frame.method().equals(where.method())) {
                marks.computeIfAbsent(i, index -> new ArrayList<>()).add(text);
                return;
            }
        }
    }
}
