package dev.asyncinspect.analysis;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them. */
final class Durations {

    private Durations() {}

    /** {@code 250 ms}, {@code 3.2 s}, {@code 4 min 5 s}. */
    static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
}
