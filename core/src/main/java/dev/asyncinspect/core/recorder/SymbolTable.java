package dev.asyncinspect.core.recorder;

import dev.asyncinspect.core.event.Symbols;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Gives each text a number, once and for good, up to a limit. Any thread. */
public final class SymbolTable implements Symbols {

    /* Names travel as numbers, so that an event is four longs. To find a known text is one look into a hash map, without a lock or
     * allocation. A new one is stored under its number first and published in the map afterwards: who gets the number from the map, or from
     * an event, finds the text. Two threads that bring the same new text at once may both take a number; one of them is then never
     * used again, and both mean the same text.
     *
     * What the program makes up anew for each task ("request-4711") would fill any table: beyond the limits every new text is "…", and
     * counted. The table never forgets, because events that are already written refer to it. */

    private static final int FIRST = OVERFLOW + 1;
    private static final int CHUNK = 1024;
    private static final int MAX_TEXT_CHARS = 1024;

    private final int maxSymbols;
    private final long maxChars;
    private final ConcurrentHashMap<String, Integer> ids = new ConcurrentHashMap<>();
    /** Chunks are made when needed: the table of a program with few names is small. */
    private final AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable String>> chunks;

    private final AtomicInteger next = new AtomicInteger(FIRST);
    private final AtomicLong chars = new AtomicLong();
    private final AtomicLong overflows = new AtomicLong();

    SymbolTable(int maxSymbols, long maxChars) {
        this.maxSymbols = maxSymbols;
        this.maxChars = maxChars;
        chunks = new AtomicReferenceArray<>(maxSymbols / CHUNK + 1);
    }

    /** The number of this text: {@link #NONE} for null, {@link #OVERFLOW} if there is no room for another one. */
    public int symbol(@Nullable String text) {
        if (text == null) {
            return NONE;
        }
        Integer known = ids.get(text);
        return known != null ? known : add(text);
    }

    private int add(String text) {
        if (text.length() > MAX_TEXT_CHARS) {
            return symbol(text.substring(0, MAX_TEXT_CHARS - 1) + OVERFLOW_TEXT);
        }
        if (next.get() >= maxSymbols || chars.get() + text.length() > maxChars) {
            overflows.incrementAndGet();
            return OVERFLOW;
        }
        int id = next.getAndIncrement();
        if (id >= maxSymbols) {
            next.decrementAndGet();
            overflows.incrementAndGet();
            return OVERFLOW;
        }
        chars.addAndGet(text.length());
        chunk(id / CHUNK).set(id % CHUNK, text);
        Integer other = ids.putIfAbsent(text, id);
        return other != null ? other : id;
    }

    private AtomicReferenceArray<@Nullable String> chunk(int index) {
        AtomicReferenceArray<@Nullable String> chunk = chunks.get(index);
        if (chunk == null) {
            chunks.compareAndSet(index, null, new AtomicReferenceArray<@Nullable String>(CHUNK));
            chunk = chunks.get(index);
        }
        if (chunk == null) {
            throw new IllegalStateException("chunk " + index + " of the symbols is gone");
        }
        return chunk;
    }

    @Override
    public @Nullable String text(int symbol) {
        if (symbol == OVERFLOW) {
            return OVERFLOW_TEXT;
        }
        if (symbol < FIRST || symbol >= maxSymbols) {
            return null;
        }
        AtomicReferenceArray<@Nullable String> chunk = chunks.get(symbol / CHUNK);
        return chunk == null ? null : chunk.get(symbol % CHUNK);
    }

    /** One more than the largest number given out so far. */
    public int end() {
        return Math.min(next.get(), maxSymbols);
    }

    /** How often a text was not kept because the table was full. */
    public long overflows() {
        return overflows.get();
    }
}
