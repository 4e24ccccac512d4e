package dev.asyncinspect.cli;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.ThreadAttributes;
import dev.asyncinspect.model.Wait;
import java.util.HashSet;
import java.util.Set;

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
            terminal.line("  age " + Times.text(thread.elapsedNanos()) + ", cpu " + Times.text(thread.cpuNanos())
                    + (thread.daemon() ? ", daemon" : "")
                    + (thread.carrierId() == ThreadAttributes.NONE ? "" : ", on carrier #" + thread.carrierId())
                    + (thread.container() == null ? "" : ", in " + thread.container()));
        }
        terminal.line();
        chain(task);
        holds(task);
        terminal.line("Stack:");
        for (Frame frame : task.stack().frames()) {
            terminal.line("  at " + frame.className() + "." + frame.method() + " (" + frame.place() + ")");
        }
        if (task.stack().isEmpty()) {
            terminal.line("  none: not in this source");
        }
        terminal.line();
    }

    /** From the task to whoever does not wait, or back into a circle. */
    private void chain(Task start) {
        terminal.line("Waits:");
        Task task = start;
        Set<Long> met = new HashSet<>();
        String indent = "  ";
        while (met.add(task.id())) {
            Wait wait = task.waiting();
            Resource resource = wait == null ? null : snapshot.resource(wait.resourceId());
            if (wait == null || resource == null) {
                Frame own = task.stack().firstOutsideJdk();
                Frame place = own == null ? task.stack().top() : own;
                terminal.line(indent + task.label() + " does not wait: " + task.state()
                        + (place == null ? "" : " at " + place));
                terminal.line();
                return;
            }
            terminal.line(indent + task.label() + " waits for " + resource.label() + " at " + wait.site());
            indent += "  ";
            if (resource.knownHolders().isEmpty()) {
                terminal.line(indent + "held by: unknown (" + resource.holders().basis() + ")");
                terminal.line();
                return;
            }
            Hold hold = resource.knownHolders().get(0);
            Task holder = snapshot.task(hold.taskId());
            if (holder == null) {
                terminal.line(indent + "held by task #" + hold.taskId() + ", which has ended");
                terminal.line();
                return;
            }
            task = holder;
        }
        terminal.line(indent + "… which leads back to " + task.label() + ": a circle. Run 'why' for the whole story.");
        terminal.line();
    }

    private void holds(Task task) {
        boolean any = false;
        for (Resource resource : snapshot.resources()) {
            for (Hold hold : resource.knownHolders()) {
                if (hold.taskId() == task.id()) {
                    if (!any) {
                        terminal.line("Holds:");
                        any = true;
                    }
                    Frame since = hold.site().orNull();
                    terminal.line("  " + resource.label() + " since "
                            + (since == null ? "unknown (" + hold.site().basis() + ")" : since.toString()));
                }
            }
        }
        if (any) {
            terminal.line();
        }
    }
}
