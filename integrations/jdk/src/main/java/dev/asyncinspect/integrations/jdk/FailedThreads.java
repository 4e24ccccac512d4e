package dev.asyncinspect.integrations.jdk;

import dev.asyncinspect.core.recorder.Recorder;
import java.util.concurrent.ConcurrentHashMap;

/** Threads that are about to end by a throwable: between the moment it reaches the top of the stack and their end. */
final class FailedThreads {

    /*
     * Empty nearly always, and then its end costs a thread one look at a counter. An entry lives until the end of its
     * thread, which follows at once.
     */

    private final Recorder recorder;
    private final ConcurrentHashMap<Long, Integer> symbols = new ConcurrentHashMap<>();

    FailedThreads(Recorder recorder) {
        this.recorder = recorder;
    }

    void add(long threadId, Throwable thrown) {
        symbols.put(threadId, symbol(thrown));
    }

    /** The symbol of what it failed by, 0 if it did not. */
    int remove(long threadId) {
        if (symbols.isEmpty()) {
            return 0;
        }
        Integer symbol = symbols.remove(threadId);
        return symbol == null ? 0 : symbol;
    }

    /** Class and message. */
    int symbol(Throwable thrown) {
        return recorder.symbol(ThrowableText.of(thrown));
    }
}
