package dev.asyncinspect.cli;

import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.StackTrace;
import dev.asyncinspect.model.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The graph as a tree: below each holder what it holds, below that who waits for it. */
final class WaitTree {

    /*
     * Depth first with a stack of our own: ten thousand tasks may wait one behind the other. Waiters that hold nothing and
     * stand at the same place are one line. Indentation ends at a depth that still fits a screen.
     */

    private static final int DEEPEST_INDENT = 12;

    private final Terminal terminal;
    private final WaitEdges edges;
    private final Set<Long> printed = new HashSet<>();

    private WaitTree(Terminal terminal, WaitEdges edges) {
        this.terminal = terminal;
        this.edges = edges;
    }

    /** A line to print: a task and all below it, or else a text. */
    private record Step(int depth, @Nullable Task task, String text) {}

    static void print(Terminal terminal, WaitEdges edges) {
        List<Task> tasks = edges.tasks();
        if (tasks.isEmpty()) {
            terminal.line("Nobody waits for something whose holder is known.");
            return;
        }
        WaitTree tree = new WaitTree(terminal, edges);
        for (Task task : tasks) {
            Resource awaited = edges.awaited(task);
            if (awaited == null || awaited.knownHolders().isEmpty()) {
                tree.from(task);
            }
        }
        tasks.forEach(tree::from); // whoever is left is in a circle, or behind one
    }

    private void from(Task root) {
        if (printed.contains(root.id())) {
            return;
        }
        Deque<Step> open = new ArrayDeque<>();
        open.push(new Step(0, root, ""));
        while (!open.isEmpty()) {
            Step step = open.pop();
            List<Step> below = step.task == null ? List.of() : task(step.task, step.depth);
            if (step.task == null) {
                terminal.line(terminal.fit(indent(step.depth) + step.text));
            }
            for (int i = below.size() - 1; i >= 0; i--) {
                open.push(below.get(i));
            }
        }
    }

    private List<Step> task(Task task, int depth) {
        if (!printed.add(task.id())) {
            terminal.line(terminal.fit(indent(depth) + task.label() + "  … see above"));
            return List.of();
        }
        Resource awaited = edges.awaited(task);
        String waits = depth == 0 && awaited != null && awaited.knownHolders().isEmpty()
                ? "  waits for " + awaited.label()
                : "";
        terminal.line(terminal.fit(indent(depth) + task.label() + "  " + task.state() + waits));
        List<Step> below = new ArrayList<>();
        for (Resource resource : edges.heldBy(task)) {
            below.add(new Step(depth + 1, null, "└─ holds " + resource.label()));
            waiters(resource, depth + 2, below);
        }
        return below;
    }

    private void waiters(Resource resource, int depth, List<Step> below) {
        Map<StackTrace, List<Task>> alike = new LinkedHashMap<>();
        for (Task waiter : edges.waiters(resource)) {
            if (waiter.stack().isEmpty() || !edges.heldBy(waiter).isEmpty() || printed.contains(waiter.id())) {
                below.add(new Step(depth, waiter, ""));
            } else {
                alike.computeIfAbsent(waiter.stack(), stack -> new ArrayList<>())
                        .add(waiter);
            }
        }
        for (List<Task> group : alike.values()) {
            Task first = group.get(0);
            below.add(new Step(depth, first, ""));
            if (group.size() > 1) {
                group.forEach(task -> printed.add(task.id()));
                printed.remove(first.id());
                below.add(new Step(depth, null, "… " + (group.size() - 1) + " × like this"));
            }
        }
    }

    private static String indent(int depth) {
        return depth <= DEEPEST_INDENT ? "   ".repeat(depth) : "   ".repeat(DEEPEST_INDENT) + "(" + depth + ") ";
    }
}
