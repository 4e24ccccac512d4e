package dev.asyncinspect.cli;

import dev.asyncinspect.model.ThreadAttributes;
import java.util.Locale;

/** Times in nanoseconds as people read them. */
final class Times {

    /** Below this, tenths of milliseconds tell too little. */
    private static final long SHORT = 1_000_000;

    private Times() {}

    /**
     * {@code 85us}, {@code 1.6ms}, {@code 3.3s}, {@code 4m05s}, {@code 2h10m}, {@code 3d04h}; {@code -} if not told. What an option
     * takes for a time is written in the same way.
     */
    static String text(long nanos) {
        if (nanos == ThreadAttributes.NONE) {
            return "-";
        }
        double seconds = nanos / 1e9;
        if (nanos > 0 && nanos < SHORT) {
            return nanos < 1_000 ? "<1us" : nanos / 1_000 + "us";
        }
        if (seconds < 1) {
            return String.format(Locale.ROOT, "%.1fms", nanos / 1e6);
        }
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1fs", seconds);
        }
        long minutes = (long) seconds / 60;
        if (minutes < 60) {
            return String.format(Locale.ROOT, "%dm%02ds", minutes, (long) seconds % 60);
        }
        long hours = minutes / 60;
        return hours < 24
                ? String.format(Locale.ROOT, "%dh%02dm", hours, minutes % 60)
                : String.format(Locale.ROOT, "%dd%02dh", hours / 24, hours % 24);
    }
}
