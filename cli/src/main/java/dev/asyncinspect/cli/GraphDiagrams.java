package dev.asyncinspect.cli;

import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskNumber;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongConsumer;

/** The graph for drawing tools: Graphviz DOT and Mermaid. */
final class GraphDiagrams {

    private GraphDiagrams() {}

    static void dot(Terminal terminal, WaitEdges edges) {
        terminal.exactly("digraph waits {");
        terminal.exactly("  rankdir=LR; node [fontname=\"sans-serif\"];");
        for (Task task : edges.tasks()) {
            terminal.exactly("  t" + task.id() + " [shape=box, label=\"" + escapedForDot(task.label()) + "\"];");
        }
        absentHolders(
                edges,
                id -> terminal.exactly("  t" + id + " [shape=box, style=dotted, label=\"Task " + TaskNumber.text(id)
                        + " (not seen)\"];"));
        for (Resource resource : edges.resources()) {
            terminal.exactly(
                    "  r" + resource.id() + " [shape=ellipse, label=\"" + escapedForDot(resource.label()) + "\"];");
            for (Task waiter : edges.waiters(resource)) {
                terminal.exactly("  t" + waiter.id() + " -> r" + resource.id() + " [label=\"waits for\"];");
            }
            for (Hold hold : resource.knownHolders()) {
                terminal.exactly("  r" + resource.id() + " -> t" + hold.taskId() + " [label=\""
                        + hold.mode().heldBy(resource.kind()) + "\", style=dashed];");
            }
        }
        terminal.exactly("}");
    }

    static void mermaid(Terminal terminal, WaitEdges edges) {
        terminal.exactly("flowchart LR");
        for (Task task : edges.tasks()) {
            terminal.exactly("  t" + task.id() + "[\"" + escapedForMermaid(task.label()) + "\"]");
        }
        absentHolders(
                edges,
                id -> terminal.exactly(
                        "  t" + id + "[\"Task " + escapedForMermaid(TaskNumber.text(id)) + " (not seen)\"]"));
        for (Resource resource : edges.resources()) {
            terminal.exactly("  r" + resource.id() + "([\"" + escapedForMermaid(resource.label()) + "\"])");
            for (Task waiter : edges.waiters(resource)) {
                terminal.exactly("  t" + waiter.id() + " -->|waits for| r" + resource.id());
            }
            for (Hold hold : resource.knownHolders()) {
                terminal.exactly(
                        "  r" + resource.id() + " -.->|" + hold.mode().heldBy(resource.kind()) + "| t" + hold.taskId());
            }
        }
    }

    private static void absentHolders(WaitEdges edges, LongConsumer each) {
        Set<Long> told = new HashSet<>();
        for (Resource resource : edges.resources()) {
            for (Hold hold : resource.knownHolders()) {
                if (edges.holder(hold) == null && told.add(hold.taskId())) {
                    each.accept(hold.taskId());
                }
            }
        }
    }

    private static String escapedForDot(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /** Mermaid has no escape for a quote in a label; it takes the entity. */
    private static String escapedForMermaid(String text) {
        return text.replace("#", "#35;")
                .replace("\"", "#quot;")
                .replace("<", "#lt;")
                .replace(">", "#gt;");
    }
}
