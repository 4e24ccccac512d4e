package dev.asyncinspect.cli;

import dev.asyncinspect.model.Completeness;
import dev.asyncinspect.model.Gap;
import dev.asyncinspect.model.History;
import dev.asyncinspect.model.ThreadAttributes;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The line that ends every answer: what was seen and what was not. */
final class CoverageText {

    private CoverageText() {}

    /** With what was dropped in red. */
    static String of(History history, Terminal terminal) {
        String line = of(history);
        int dropped = line.indexOf(" Dropped: ");
        return dropped < 0
                ? line
                : line.substring(0, dropped) + terminal.paint(Terminal.Tone.BAD, line.substring(dropped));
    }

    static String of(History history) {
        Completeness completeness = history.latest().completeness();
        StringBuilder line = new StringBuilder("Seen: ").append(grouped(completeness.threadsSeen()));
        boolean one = completeness.threadsSeen() == 1;
        if (completeness.threadsTotal() != ThreadAttributes.NONE) {
            line.append(" of ").append(grouped(Math.max(completeness.threadsTotal(), completeness.threadsSeen())));
        }
        int samples = history.snapshots().size();
        line.append(
                history.recording() == null
                        ? " threads, " + samples + (samples == 1 ? " sample." : " samples.")
                        : (one ? " task in " : " tasks in ")
                                + grouped(history.recording().events())
                                + (history.recording().events() == 1 ? " event." : " events."));
        List<Gap> gaps = completeness.gaps();
        if (!gaps.isEmpty()) {
            line.append(" Not seen: ")
                    .append(gaps.stream().map(Gap::toString).collect(Collectors.joining("; ")))
                    .append('.');
        }
        if (completeness.droppedEvents() > 0) {
            line.append(" Dropped: ")
                    .append(grouped(completeness.droppedEvents()))
                    .append(completeness.droppedEvents() == 1 ? " event." : " events.");
        }
        return line.toString();
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
