package dev.asyncinspect.sources;

import dev.asyncinspect.model.ThreadAttributes;
import org.jspecify.annotations.Nullable;

/** Reads the line that begins a thread: {@code "name" #12 [4711] daemon prio=5 cpu=1.00ms … nid=4711 waiting on condition}. */
final class ThreadHeader {

    private ThreadHeader() {}

    /** The thread, still without frames; null if the line is no header (the deadlock list quotes names too). */
    static @Nullable RawThread parse(String line, Interner interner) {
        int tid = line.indexOf(" tid=0x");
        int quote = line.lastIndexOf('"', tid < 0 ? line.length() : tid);
        if (tid < 0 || quote <= 0) {
            return null;
        }
        RawThread thread = new RawThread();
        thread.name = interner.text(line.substring(1, quote));
        String rest = line.substring(quote + 1);
        for (String word : rest.substring(0, rest.indexOf(" tid=0x"))
                .split(" ")) { // a pattern of one character needs no regular expression
            if (word.startsWith("#")) {
                thread.id = number(word.substring(1), 10);
            } else if (word.equals("daemon")) {
                thread.daemon = true;
            } else if (word.startsWith("cpu=")) {
                thread.cpuNanos = nanos(word.substring(4));
            } else if (word.startsWith("elapsed=")) {
                thread.elapsedNanos = nanos(word.substring(8));
            }
        }
        nativeIdAndDoing(thread, rest, interner);
        return thread;
    }

    private static void nativeIdAndDoing(RawThread thread, String rest, Interner interner) {
        int nid = rest.indexOf(" nid=");
        int end = nid < 0 ? -1 : rest.indexOf(' ', nid + 1);
        if (nid < 0) {
            return;
        }
        String id = end < 0 ? rest.substring(nid + 5) : rest.substring(nid + 5, end);
        thread.nativeId = id.startsWith("0x") ? number(id.substring(2), 16) : number(id, 10);
        int stack = end < 0 ? -1 : rest.lastIndexOf('[');
        if (end >= 0) {
            String doing = stack < end ? rest.substring(end) : rest.substring(end, stack);
            thread.doing = interner.text(doing.trim());
        }
    }

    private static long number(String digits, int radix) {
        try {
            return Long.parseLong(digits, radix);
        } catch (NumberFormatException e) {
            return ThreadAttributes.NONE;
        }
    }

    /** {@code 1.62ms}, {@code 3.29s} or {@code 3,29s} where the C locale of the program wrote a comma. */
    private static long nanos(String text) {
        String digits = text.replace(',', '.');
        try {
            if (digits.endsWith("ms")) {
                return Math.round(Double.parseDouble(digits.substring(0, digits.length() - 2)) * 1e6);
            }
            if (digits.endsWith("s")) {
                return Math.round(Double.parseDouble(digits.substring(0, digits.length() - 1)) * 1e9);
            }
        } catch (NumberFormatException e) {
            // not a duration: falls through to not told
        }
        return ThreadAttributes.NONE;
    }
}
