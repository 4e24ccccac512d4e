package dev.asyncinspect.cli;

import dev.asyncinspect.analysis.Finding;
import dev.asyncinspect.analysis.Link;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Who takes part in a finding that is no circle: its waits, or else its tasks; those that read the same are folded. */
final class InvolvedText {

    private static final int GROUPS_SHOWN = 12;

    private InvolvedText() {}

    static void print(Terminal terminal, Snapshot snapshot, Finding finding, Consumer<? super Link> holders) {
        Labels labels = new Labels(snapshot);
        if (finding.chain().isEmpty()) {
            tasks(terminal, snapshot, labels, finding);
        } else {
            waits(terminal, labels, finding, holders);
        }
        Set<Long> shown = new HashSet<>(finding.tasks());
        finding.chain().forEach(link -> shown.add(link.taskId()));
        List<Long> behind =
                finding.victims().stream().filter(id -> !shown.contains(id)).toList();
        if (!behind.isEmpty()) {
            terminal.line("  " + labels.behind(behind));
        }
        if (!finding.chain().isEmpty() || !finding.tasks().isEmpty() || !behind.isEmpty()) {
            terminal.line();
        }
    }

    private static void waits(Terminal terminal, Labels labels, Finding finding, Consumer<? super Link> holders) {
        Map<String, List<Link>> alike = new LinkedHashMap<>();
        for (Link link : finding.chain()) {
            String text = "waits for " + labels.sortOfResource(link.resourceId()) + labels.atSite(link.taskId());
            alike.computeIfAbsent(text, t -> new ArrayList<>()).add(link);
        }
        for (Map.Entry<String, List<Link>> group : firstOf(alike)) {
            Link first = group.getValue().get(0);
            terminal.line("  → " + labels.task(first.taskId()) + "   " + group.getKey()
                    + times(group.getValue().size()));
            holders.accept(first);
        }
        more(terminal, alike);
    }

    private static void tasks(Terminal terminal, Snapshot snapshot, Labels labels, Finding finding) {
        Map<String, List<Long>> alike = new LinkedHashMap<>();
        for (long id : finding.tasks()) {
            Task task = snapshot.task(id);
            Frame place = task == null ? null : FactText.place(task);
            String text = task == null ? "not seen" : task.state() + (place == null ? "" : " at " + place);
            alike.computeIfAbsent(text, t -> new ArrayList<>()).add(id);
        }
        for (Map.Entry<String, List<Long>> group : firstOf(alike)) {
            terminal.line("  → " + labels.task(group.getValue().get(0)) + "   " + group.getKey()
                    + times(group.getValue().size()));
        }
        more(terminal, alike);
    }

    private static <T> Collection<Map.Entry<String, List<T>>> firstOf(Map<String, List<T>> alike) {
        return alike.entrySet().stream().limit(GROUPS_SHOWN).toList();
    }

    private static String times(int number) {
        return number == 1 ? "" : "   (" + number + " × like this)";
    }

    private static <T> void more(Terminal terminal, Map<String, List<T>> alike) {
        long hidden =
                alike.values().stream().skip(GROUPS_SHOWN).mapToLong(List::size).sum();
        if (hidden > 0) {
            terminal.line("  … and " + Labels.count(hidden, "more task"));
        }
    }
}
