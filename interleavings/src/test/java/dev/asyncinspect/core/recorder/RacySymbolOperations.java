package dev.asyncinspect.core.recorder;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The same over a table that publishes a number before its text. */
public class RacySymbolOperations extends SymbolOperations {

    /** For Lincheck. */
    public RacySymbolOperations() {
        super(new RacyTable());
    }

    private static final class RacyTable implements Table {

        private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
        private final Map<Integer, String> texts = new ConcurrentHashMap<>();
        private final AtomicInteger next = new AtomicInteger();

        @Override
        public int symbol(String text) {
            Integer known = numbers.get(text);
            if (known != null) {
                return known;
            }
            int number = next.incrementAndGet();
            Integer other = numbers.putIfAbsent(text, number);
            texts.put(number, text);
            return other == null ? number : other;
        }

        @Override
        public @Nullable String text(int symbol) {
            return texts.get(symbol);
        }
    }
}
