package dev.asyncinspect.core.wire;

import dev.asyncinspect.core.rows.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Rows of every kind with values from the whole range of each field. */
final class RandomRows {

    private static final int KINDS = 10;

    private final Random random;

    RandomRows(long seed) {
        random = new Random(seed);
    }

    List<Row> list(int count) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(row(i % KINDS));
        }
        return rows;
    }

    private Row row(int kind) {
        return switch (kind) {
            case 0 -> new Row.Begin(number(), wide());
            case 1 -> new Row.End(number(), number(), wide(), wide());
            case 2 -> new Row.Stack(number(), frames());
            case 3 ->
                new Row.ThreadSeen(
                        wide(),
                        text(),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        symbol(),
                        wide(),
                        number(),
                        number(),
                        number());
            case 4 -> new Row.ObjectSeen(number(), symbol());
            case 5 -> new Row.NumberOf(number(), symbol(), wide());
            case 6 -> new Row.TextOf(number(), symbol(), text());
            case 7 -> new Row.ObjectLink(number(), symbol(), number());
            case 8 -> new Row.ThreadLink(number(), symbol(), wide());
            default -> new Row.NotSeen(text(), text());
        };
    }

    private List<StackTraceElement> frames() {
        List<StackTraceElement> frames = new ArrayList<>();
        int depth = random.nextInt(20);
        for (int i = 0; i < depth; i++) {
            frames.add(new StackTraceElement(
                    maybe(), maybe(), maybe(), symbol(), symbol(), maybe(), random.nextInt(3) == 0 ? -2 : number()));
        }
        return frames;
    }

    private @Nullable String maybe() {
        return random.nextInt(4) == 0 ? null : symbol();
    }

    private String symbol() {
        return "name" + random.nextInt(300);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(30);
        for (int i = 0; i < length; i++) {
            int point = random.nextInt(Character.MAX_CODE_POINT);
            text.appendCodePoint(point >= 0xD800 && point <= 0xDFFF ? 'x' : point);
        }
        return text.toString();
    }

    /** Small, large and negative ones, each often. */
    private int number() {
        return (int) wide();
    }

    private long wide() {
        return random.nextLong() >> random.nextInt(64);
    }
}
