package dev.asyncinspect.cli;

import dev.asyncinspect.analysis.Confidence;
import dev.asyncinspect.analysis.Evidence;
import dev.asyncinspect.analysis.Finding;
import dev.asyncinspect.analysis.Link;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.Wait;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One finding as a person reads it. */
final class FindingText {

    private static final int NAMES_SHOWN = 3;
    private static final int LINKS_SHOWN = 12;

    private final Terminal terminal;
    private final Snapshot snapshot;

    FindingText(Terminal terminal, Snapshot snapshot) {
        this.terminal = terminal;
        this.snapshot = snapshot;
    }

    /**
     * Prints the finding.
     *
     * @param number counts the findings of this title, from 1
     */
    void print(Finding finding, int number) {
        terminal.line(mark(finding.confidence()) + " " + finding.kind().title() + " #" + number + " detected!   "
                + finding.kind().id() + " · " + finding.confidence() + " (" + finding.basis() + ")");
        terminal.line(finding.sentence());
        terminal.line();
        if (finding.cycle()) {
            cycle(finding);
        } else {
            waits(finding);
        }
        resources(finding);
        evidence(finding);
        terminal.line(terminal.paint(Terminal.Tone.NOTE, "[*] Suggestions:"));
        finding.suggestions().forEach(suggestion -> terminal.line("  • " + suggestion));
        terminal.line(
                terminal.paint(Terminal.Tone.QUIET, "More: " + finding.kind().docPage()));
        terminal.line();
    }

    private String mark(Confidence confidence) {
        return switch (confidence) {
            case PROVEN -> terminal.paint(Terminal.Tone.BAD, "[FAIL]");
            case LIKELY -> terminal.paint(Terminal.Tone.WARNING, "[WARN]");
            case HINT -> terminal.paint(Terminal.Tone.NOTE, "[HINT]");
        };
    }

    private void cycle(Finding finding) {
        terminal.line("Deadlock cycle detected:");
        for (Link link : finding.chain()) {
            terminal.line(
                    "  → " + label(link.taskId()) + "   waits for " + resourceLabel(link.resourceId()) + site(link));
            holder(link);
        }
        String victims = finding.victims().isEmpty()
                ? ""
                : "; " + count(finding.victims().size(), "more task") + " wait behind them (first: "
                        + names(finding.victims()) + ")";
        terminal.line(count(finding.tasks().size(), "task") + " and "
                + count(finding.resources().size(), "resource") + " involved" + victims);
        terminal.line();
    }

    private void holder(Link link) {
        Hold hold = link.holder();
        if (hold != null) {
            terminal.line("       … held by " + shortLabel(hold.taskId()) + " since " + place(hold.site()));
        }
        for (Hold other : link.otherHolders()) {
            terminal.line("       … and by " + shortLabel(other.taskId()) + " since " + place(other.site()));
        }
    }

    /** The waits of a finding that is no circle; those that read the same are folded. */
    private void waits(Finding finding) {
        Map<String, Integer> folded = new LinkedHashMap<>();
        Map<String, Link> first = new LinkedHashMap<>();
        for (Link link : finding.chain()) {
            String text = "waits for " + resourceKind(link.resourceId()) + site(link);
            folded.merge(text, 1, Integer::sum);
            first.putIfAbsent(text, link);
        }
        int shown = 0;
        for (Map.Entry<String, Link> entry : first.entrySet()) {
            if (shown++ == LINKS_SHOWN) {
                terminal.line("  … and " + (first.size() - LINKS_SHOWN) + " more");
                break;
            }
            int times = folded.getOrDefault(entry.getKey(), 1);
            terminal.line("  → " + label(entry.getValue().taskId()) + "   " + entry.getKey()
                    + (times > 1 ? "   (" + times + " × like this)" : ""));
            holder(entry.getValue());
        }
        if (!finding.victims().isEmpty()
                && finding.chain().stream().noneMatch(l -> finding.victims().contains(l.taskId()))) {
            terminal.line("  " + count(finding.victims().size(), "more task") + " wait behind them (first: "
                    + names(finding.victims()) + ")");
        }
        if (!finding.chain().isEmpty()) {
            terminal.line();
        }
    }

    private void resources(Finding finding) {
        if (!finding.cycle()) {
            return;
        }
        terminal.line("Resources involved:");
        for (long id : finding.resources()) {
            Resource resource = snapshot.resource(id);
            if (resource != null) {
                long waiters = snapshot.tasks().stream()
                        .map(Task::waiting)
                        .filter(wait -> wait != null && wait.resourceId() == id)
                        .count();
                terminal.line("  - " + resource.label() + ": " + heldAt(resource) + ", waiters " + waiters);
            }
        }
        terminal.line();
    }

    private static String heldAt(Resource resource) {
        List<Hold> holders = resource.knownHolders();
        if (holders.isEmpty()) {
            return "holder unknown (" + resource.holders().basis() + ")";
        }
        return holders.stream()
                .map(hold -> {
                    Frame frame = hold.site().orNull();
                    return frame == null
                            ? "held since a line that is unknown"
                            : "held at " + frame.place() + " ("
                                    + hold.site().provenance().label() + ")";
                })
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private void evidence(Finding finding) {
        terminal.line("Why we say so:");
        for (Evidence evidence : finding.evidence()) {
            String provenance = evidence.provenance() == Provenance.OBSERVED
                    ? ""
                    : " (" + evidence.provenance().label() + ")";
            terminal.line("  - " + evidence.statement() + provenance);
        }
        if (finding.innocent() != null) {
            terminal.line("  Could be harmless if: " + finding.innocent());
        }
        terminal.line();
    }

    private String label(long taskId) {
        Task task = snapshot.task(taskId);
        return task == null ? "Task #" + taskId : task.label();
    }

    private String shortLabel(long taskId) {
        Task task = snapshot.task(taskId);
        return task == null || task.name().isEmpty() ? "Task #" + taskId : "Task #" + taskId + " '" + task.name() + "'";
    }

    private String resourceLabel(long resourceId) {
        Resource resource = snapshot.resource(resourceId);
        return resource == null ? "Resource#" + resourceId : resource.label();
    }

    private String resourceKind(long resourceId) {
        Resource resource = snapshot.resource(resourceId);
        if (resource == null) {
            return "Resource#" + resourceId;
        }
        return resource.kind().label() + " " + resource.simpleClassName();
    }

    private String site(Link link) {
        Task task = snapshot.task(link.taskId());
        Wait wait = task == null ? null : task.waiting();
        return wait == null ? "" : " at " + wait.site();
    }

    private static String place(Fact<Frame> site) {
        Frame frame = site.orNull();
        if (frame == null) {
            return "unknown (" + site.basis() + ")";
        }
        return frame + (site.provenance() == Provenance.INFERRED ? " (inferred from " + site.basis() + ")" : "");
    }

    private String names(List<Long> tasks) {
        return tasks.stream().limit(NAMES_SHOWN).map(this::shortLabel).collect(Collectors.joining(", "));
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
