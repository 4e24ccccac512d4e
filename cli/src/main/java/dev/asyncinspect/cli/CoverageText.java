package dev.asyncinspect.cli;

import dev.asyncinspect.model.Completeness;
import dev.asyncinspect.model.Gap;
import dev.asyncinspect.model.History;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.ThreadAttributes;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The line that ends every answer: what was seen and what was not. */
final class CoverageText {

    private CoverageText() {}

    /** With what was dropped in red. */
    static String of(History history, Terminal terminal) {
        return painted(of(history), terminal);
    }

    /** The same of a recording, of which no moment is looked at. */
    static String of(Recording recording, Terminal terminal) {
        return painted(of(recording.completeness(), 1, recording), terminal);
    }

    private static String painted(String line, Terminal terminal) {
        int dropped = line.indexOf(" Dropped: ");
        return dropped < 0
                ? line
                : line.substring(0, dropped) + terminal.paint(Terminal.Tone.BAD, line.substring(dropped));
    }

    static String of(History history) {
        return of(history.latest().completeness(), history.snapshots().size(), history.recording());
    }

    private static String of(Completeness completeness, int samples, @Nullable Recording recording) {
        StringBuilder line = new StringBuilder("Seen: ").append(Labels.grouped(completeness.threadsSeen()));
        boolean one = completeness.threadsSeen() == 1;
        if (completeness.threadsTotal() != ThreadAttributes.NONE) {
            line.append(" of ")
                    .append(Labels.grouped(Math.max(completeness.threadsTotal(), completeness.threadsSeen())));
        }
        line.append(
                recording == null
                        ? " threads, " + samples + (samples == 1 ? " sample." : " samples.")
                        : (one ? " task in " : " tasks in ")
                                + Labels.grouped(recording.events())
                                + (recording.events() == 1 ? " event." : " events."));
        List<Gap> gaps = completeness.gaps();
        if (!gaps.isEmpty()) {
            line.append(" Not seen: ")
                    .append(gaps.stream().map(Gap::toString).collect(Collectors.joining("; ")))
                    .append('.');
        }
        if (completeness.droppedEvents() > 0) {
            line.append(" Dropped: ")
                    .append(Labels.grouped(completeness.droppedEvents()))
                    .append(completeness.droppedEvents() == 1 ? " event." : " events.");
        }
        return line.toString();
    }
}
