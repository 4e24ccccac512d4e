package dev.asyncinspect.cli;

import dev.asyncinspect.analysis.Confidence;
import dev.asyncinspect.analysis.Evidence;
import dev.asyncinspect.analysis.Finding;
import dev.asyncinspect.analysis.Link;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskNumber;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One finding as a person reads it. */
final class FindingText {

    private static final int HOLDERS_SHOWN = 5;

    private final Terminal terminal;
    private final Snapshot snapshot;
    private final Labels labels;
    private final @Nullable RecordedBefore before;

    /**
     * Findings of one snapshot.
     *
     * @param recorded what the JVM recorded before; null if it does not record
     */
    FindingText(Terminal terminal, Snapshot snapshot, @Nullable Recording recorded) {
        this.before = recorded == null ? null : new RecordedBefore(recorded);
        this.terminal = terminal;
        this.snapshot = snapshot;
        this.labels = new Labels(snapshot);
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
            resources(finding);
        } else {
            InvolvedText.print(terminal, snapshot, finding, this::holders);
        }
        evidence(finding);
        if (before != null) {
            before.print(terminal, finding);
        }
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
            terminal.line("  → " + labels.task(link.taskId()) + "   waits for " + labels.resource(link.resourceId())
                    + labels.atSite(link.taskId()));
            holders(link);
        }
        terminal.line(Labels.count(finding.tasks().size(), "task") + " and "
                + Labels.count(finding.resources().size(), "resource") + " involved"
                + (finding.victims().isEmpty() ? "" : "; " + labels.behind(finding.victims())));
        terminal.line();
    }

    private void holders(Link link) {
        Hold hold = link.holder();
        if (hold != null) {
            Resource resource = snapshot.resource(link.resourceId());
            String heldBy =
                    resource == null ? hold.mode().heldBy() : hold.mode().heldBy(resource.kind());
            terminal.line("       … " + heldBy + " " + holder(hold));
        }
        List<Hold> others = link.otherHolders();
        others.stream()
                .limit(HOLDERS_SHOWN)
                .forEach(other -> terminal.line("       … " + other.mode().andBy() + " " + holder(other)));
        if (others.size() > HOLDERS_SHOWN) {
            terminal.line("       … " + others.get(0).mode().andBy() + " " + (others.size() - HOLDERS_SHOWN) + " more");
        }
    }

    private String holder(Hold hold) {
        return labels.shortTask(hold.taskId()) + (hold.mode().isTaken() ? " since " + FactText.since(hold.site()) : "");
    }

    private void resources(Finding finding) {
        terminal.line("Resources involved:");
        for (long id : finding.resources()) {
            Resource resource = snapshot.resource(id);
            if (resource != null) {
                long waiters = snapshot.tasks().stream()
                        .map(Task::waiting)
                        .filter(wait -> wait != null && wait.resourceId() == id)
                        .count();
                terminal.line("  - " + resource.label() + Labels.details(resource) + ": " + heldAt(resource)
                        + ", waiters " + waiters);
            }
        }
        terminal.line();
    }

    private static String heldAt(Resource resource) {
        List<Hold> holders = resource.knownHolders();
        if (holders.isEmpty()) {
            return resource.holders().orNull() == null
                    ? "holder: unknown (" + resource.holders().basis() + ")"
                    : "held by nobody";
        }
        return holders.stream()
                .map(hold -> hold.mode().isTaken()
                        ? FactText.heldAt(hold.site())
                        : hold.mode().heldBy(resource.kind()) + " Task " + TaskNumber.text(hold.taskId()))
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
}
