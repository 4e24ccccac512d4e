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
        int from = quote + 1;
        while (from < tid) {
            int blank = line.indexOf(' ', from);
            int to = blank < 0 ? tid : Math.min(blank, tid);
            word(thread, line, from, to);
            from = to + 1;
        }
        nativeIdAndDoing(thread, line, tid, interner);
        return thread;
    }

    private static void word(RawThread thread, String line, int from, int to) {
        if (line.startsWith("#", from)) {
            thread.id = number(line, from + 1, to, 10);
        } else if (line.startsWith("cpu=", from)) {
            thread.cpuNanos = nanos(line, from + 4, to);
        } else if (line.startsWith("elapsed=", from)) {
            thread.elapsedNanos = nanos(line, from + 8, to);
        } else if (to - from == "daemon".length() && line.startsWith("daemon", from)) {
            thread.daemon = true;
        }
    }

    private static void nativeIdAndDoing(RawThread thread, String line, int tid, Interner interner) {
        int nid = line.indexOf(" nid=", tid);
        if (nid < 0) {
            return;
        }
        int id = nid + " nid=".length();
        int end = line.indexOf(' ', id);
        int idEnd = end < 0 ? line.length() : end;
        thread.nativeId = line.startsWith("0x", id) ? number(line, id + 2, idEnd, 16) : number(line, id, idEnd, 10);
        if (end >= 0) {
            int stack = line.lastIndexOf('[');
            String doing = stack < end ? line.substring(end) : line.substring(end, stack);
            thread.doing = interner.text(doing.trim());
        }
    }

    private static long number(String line, int from, int to, int radix) {
        try {
            return Long.parseLong(line, from, to, radix);
        } catch (NumberFormatException e) {
            return ThreadAttributes.NONE;
        }
    }

    /** {@code 1.62ms}, {@code 3.29s} or {@code 3,29s} where the C locale of the program wrote a comma. */
    private static long nanos(String line, int from, int to) {
        boolean millis = line.startsWith("ms", to - 2);
        int end = millis ? to - 2 : to - 1;
        if (end <= from || (!millis && line.charAt(end) != 's')) {
            return ThreadAttributes.NONE;
        }
        int point = from;
        while (point < end && Character.isDigit(line.charAt(point))) {
            point++;
        }
        long unit = millis ? 1_000_000 : 1_000_000_000;
        long whole = number(line, from, point, 10);
        if (whole < 0 || whole > Long.MAX_VALUE / unit - 1) {
            return ThreadAttributes.NONE;
        }
        long nanos = whole * unit;
        for (int i = point + 1; i < end; i++) {
            int digit = Character.digit(line.charAt(i), 10);
            if (digit < 0) {
                return ThreadAttributes.NONE;
            }
            unit /= 10;
            nanos += digit * unit;
        }
        return nanos;
    }
}
