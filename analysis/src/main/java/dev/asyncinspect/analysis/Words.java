package dev.asyncinspect.analysis;

import java.util.List;
import java.util.Locale;

/** Small grammar for sentences. */
final class Words {

    private Words() {}

    /** {@code 1 task}, {@code 3 tasks}, {@code 12,000 tasks}. */
    static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }

    /** {@code 1 task waits}, {@code 3 tasks wait}. */
    static String waits(long number, String noun) {
        return count(number, noun) + (number == 1 ? " waits" : " wait");
    }

    /** {@code a, b and 4 more}: the first few and how many there are besides. */
    static String firstOf(List<String> names, int shown) {
        if (names.size() <= shown) {
            return String.join(", ", names);
        }
        return String.join(", ", names.subList(0, shown)) + " and " + (names.size() - shown) + " more";
    }
}
