package dev.asyncinspect.sources;

import dev.asyncinspect.sources.RawThread.LockLine;
import dev.asyncinspect.sources.RawThread.Verb;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the lines below a frame that speak of objects: {@code - locked <0x…> (a shop.Account)}. */
final class LockLines {

    private static final Map<String, Verb> VERBS = Map.of(
            "locked", Verb.LOCKED,
            "waiting to lock", Verb.WAITING_TO_LOCK,
            "waiting on", Verb.WAITING_ON,
            "waiting to re-lock in wait()", Verb.RELOCKING,
            "parking to wait for", Verb.PARKING,
            "", Verb.OWNED);

    private static final String CLASS_INIT = "waiting on the Class initialization monitor for ";

    private LockLines() {}

    /** What the text after the dash says; null if it is nothing we know, or {@code None}. */
    static @Nullable LockLine parse(String text, int depth, Interner interner) {
        if (text.startsWith(CLASS_INIT)) {
            String className = text.substring(CLASS_INIT.length()).trim().replace('/', '.');
            return new LockLine(depth, Verb.CLASS_INIT, null, interner.text(className));
        }
        int open = text.indexOf('<');
        int close = text.indexOf('>', open);
        if (open < 0 || close < 0) {
            return null;
        }
        Verb verb = VERBS.get(text.substring(0, open).trim());
        if (verb == null) {
            return null;
        }
        String reference = text.substring(open + 1, close);
        return new LockLine(
                depth,
                verb,
                reference.startsWith("0x") ? interner.text(shortened(reference)) : null,
                interner.text(className(text.substring(close + 1))));
    }

    /** {@code 0x69ec1b4b8} for {@code 0x000000069ec1b4b8}. */
    private static String shortened(String address) {
        int digit = 2;
        while (digit < address.length() - 1 && address.charAt(digit) == '0') {
            digit++;
        }
        return "0x" + address.substring(digit);
    }

    /** {@code shop.Account} for {@code (a shop.Account)}, {@code java.lang.Class for X} likewise. */
    private static String className(String text) {
        String inside = text.trim();
        if (inside.startsWith("(a ") && inside.endsWith(")")) {
            return inside.substring(3, inside.length() - 1);
        }
        return inside.isEmpty() ? "unknown" : inside;
    }
}
