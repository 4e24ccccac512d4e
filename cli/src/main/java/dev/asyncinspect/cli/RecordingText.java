package dev.asyncinspect.cli;

import dev.asyncinspect.sources.RecordingState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A recording and its hook table for people. */
final class RecordingText {

    private RecordingText() {}

    /** {@code 28 hooks on, 1 skipped; 5,012 events, 0 dropped}. */
    static String summary(RecordingState recording) {
        long on = count(recording, "ON");
        StringBuilder text = new StringBuilder(Labels.count(on, "hook")).append(" on");
        for (String status : List.of("SKIPPED", "DISABLED", "PENDING")) {
            long count = count(recording, status);
            text.append(count == 0 ? "" : ", " + count + " " + status.toLowerCase(Locale.ROOT));
        }
        return text.append("; ").append(events(recording)).toString();
    }

    /** {@code 5,012 events, 0 dropped}, and how many tasks none of them tells of. */
    static String events(RecordingState recording) {
        return Labels.count(recording.events(), "event") + ", " + Labels.grouped(recording.dropped()) + " dropped"
                + (recording.untold() == 0
                        ? ""
                        : ", " + Labels.count(recording.untold(), "task") + " left out for lack of room");
    }

    /** One line for each hook that does not work, or failed. */
    static List<String> troubles(RecordingState recording) {
        List<String> lines = new ArrayList<>();
        for (RecordingState.Hook hook : recording.hooks()) {
            boolean out = hook.status().equals("SKIPPED") || hook.status().equals("DISABLED");
            if (out || hook.failures() > 0) {
                lines.add("  " + line(hook));
            }
        }
        return lines;
    }

    /** The table: name, status, places, failures, detail. */
    static List<String> table(RecordingState recording) {
        return recording.hooks().stream().map(RecordingText::line).toList();
    }

    private static String line(RecordingState.Hook hook) {
        return String.format(
                Locale.ROOT,
                "%-34s %-8s %2d places, %d failures  %s",
                hook.name(),
                hook.status().toLowerCase(Locale.ROOT),
                hook.places(),
                hook.failures(),
                hook.detail());
    }

    private static long count(RecordingState recording, String status) {
        return recording.hooks().stream()
                .filter(hook -> hook.status().equals(status))
                .count();
    }
}
