package dev.asyncinspect.cli;

import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.Task;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The graph as a tree: below each holder what it holds, below that who waits for it. */
final class WaitTree {

    private final Terminal terminal;
    private final WaitEdges edges;
    private final Set<Long> printed = new HashSet<>();

    private WaitTree(Terminal terminal, WaitEdges edges) {
        this.terminal = terminal;
        this.edges = edges;
    }

    static void print(Terminal terminal, WaitEdges edges) {
        List<Task> tasks = edges.tasks();
        if (tasks.isEmpty()) {
            terminal.line("Nobody waits for something whose holder is known.");
        }
        WaitTree tree = new WaitTree(terminal, edges);
        Set<Long> waiting = new HashSet<>();
        edges.waiters().values().forEach(all -> all.forEach(task -> waiting.add(task.id())));
        for (Task task : tasks) {
            if (!waiting.contains(task.id())) {
                tree.task(task, "");
            }
        }
        for (Task task : tasks) { // whoever is left is in a circle, or behind one
            if (!tree.printed.contains(task.id())) {
                tree.task(task, "");
            }
        }
    }

    private void task(Task task, String indent) {
        if (!printed.add(task.id())) {
            terminal.line(indent + task.label() + "  … see above");
            return;
        }
        terminal.line(indent + task.label() + "  " + task.state());
        for (Resource resource : edges.heldBy(task)) {
            terminal.line(indent + "  └─ holds " + resource.label());
            for (Task waiter : edges.waiters().getOrDefault(resource, List.of())) {
                task(waiter, indent + "       ");
            }
        }
    }
}
