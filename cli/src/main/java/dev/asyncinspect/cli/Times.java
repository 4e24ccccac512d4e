package dev.asyncinspect.cli;

import dev.asyncinspect.model.ThreadAttributes;
import java.util.Locale;

/** Times in nanoseconds as people read them. */
final class Times {

    private Times() {}

    /** {@code 1.6ms}, {@code 3.3s}, {@code 4m05s}, {@code 2h10m}; {@code -} if not told. */
    static String text(long nanos) {
        if (nanos == ThreadAttributes.NONE) {
            return "-";
        }
        double seconds = nanos / 1e9;
        if (seconds < 1) {
            return String.format(Locale.ROOT, "%.1fms", nanos / 1e6);
        }
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1fs", seconds);
        }
        long minutes = (long) seconds / 60;
        return minutes < 60
                ? String.format(Locale.ROOT, "%dm%02ds", minutes, (long) seconds % 60)
                : String.format(Locale.ROOT, "%dh%02dm", minutes / 60, minutes % 60);
    }
}
