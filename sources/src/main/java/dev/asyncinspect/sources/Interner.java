package dev.asyncinspect.sources;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.StackTrace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps one instance of each text, frame and stack: threads are many, their places few. Not thread-safe. */
final class Interner {

    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Frame> frames = new HashMap<>();
    private final Map<List<Frame>, StackTrace> stacks = new HashMap<>();

    String text(String text) {
        String known = texts.putIfAbsent(text, text);
        return known == null ? text : known;
    }

    StackTrace stack(List<Frame> frameList) {
        StackTrace known = stacks.get(frameList);
        if (known == null) {
            known = StackTrace.of(frameList);
            stacks.put(known.frames(), known);
        }
        return known;
    }

    /** The frame of a line {@code at java.lang.Thread.run(java.base@25/Thread.java:1474)}; null if it is none. */
    @Nullable
    Frame frame(String line) {
        Frame known = frames.get(line);
        if (known == null) {
            known = parse(line);
            if (known != null) {
                frames.put(line, known);
            }
        }
        return known;
    }

    private @Nullable Frame parse(String line) {
        String text = line.trim();
        if (text.startsWith("at ")) {
            text = text.substring(3);
        }
        int open = text.indexOf('(');
        int close = text.lastIndexOf(')');
        if (open < 0 || close < open) {
            return null;
        }
        String method = withoutPrefix(text.substring(0, open));
        int dot = method.lastIndexOf('.');
        if (dot <= 0 || dot == method.length() - 1) {
            return null;
        }
        String place = withoutPrefix(text.substring(open + 1, close));
        String className = text(method.substring(0, dot));
        String name = text(method.substring(dot + 1));
        if (place.equals("Native Method")) {
            return new Frame(className, name, null, Frame.LINE_NATIVE);
        }
        int colon = place.lastIndexOf(':');
        int line1 = colon < 0 ? Frame.LINE_UNKNOWN : number(place.substring(colon + 1));
        String file = colon < 0 ? place : place.substring(0, colon);
        return new Frame(className, name, file.equals("Unknown Source") ? null : text(file), line1);
    }

    /** Without {@code java.base@25.0.3/} or {@code app//}, but with the {@code /0x…} of a hidden class. */
    private static String withoutPrefix(String text) {
        int slash = text.lastIndexOf('/');
        while (slash >= 0 && text.startsWith("0x", slash + 1)) {
            slash = text.lastIndexOf('/', slash - 1);
        }
        return text.substring(slash + 1);
    }

    private static int number(String digits) {
        try {
            return Math.max(Frame.LINE_UNKNOWN, Integer.parseInt(digits));
        } catch (NumberFormatException e) {
            return Frame.LINE_UNKNOWN;
        }
    }
}
