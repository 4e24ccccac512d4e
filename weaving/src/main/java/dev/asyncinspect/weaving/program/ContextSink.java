package dev.asyncinspect.weaving.program;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.event.Symbols;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.core.recorder.ThreadIds;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/** Tells which keys a thread puts into its logging context and takes out; never a value. On the program's threads. */
final class ContextSink implements ObjIntConsumer<@Nullable Object> {

    /*
     * Keys become symbols, and nothing is kept. A map is asked for its keys by the thread that owns it, and only if its class is the
     * JDK's: that of another class would be code of the program. What cannot be told makes all unclear, which readers take for
     * a reason to be silent.
     */

    static final int PUT = 1;
    static final int PUT_ALL = 2;
    static final int REMOVED = 3;
    static final int REMOVED_ALL = 4;
    static final int CLEARED = 5;
    /** Emptied, and then these were put. */
    static final int SET = 6;
    /** A new thread has got a copy of the context of the thread that made it. */
    static final int INHERITED = 7;

    private static final int MOST_KEYS = 64;

    private final Recorder recorder;

    ContextSink(Recorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public void accept(@Nullable Object what, int how) {
        switch (how) {
            case PUT -> key(what, EventCodes.CONTEXT_PUT);
            case PUT_ALL -> keys(what, EventCodes.CONTEXT_PUT);
            case REMOVED -> key(what, EventCodes.CONTEXT_REMOVED);
            case REMOVED_ALL -> keys(what, EventCodes.CONTEXT_REMOVED);
            case CLEARED -> tell(EventCodes.CONTEXT_CLEARED, Symbols.NONE);
            case SET -> {
                tell(EventCodes.CONTEXT_CLEARED, Symbols.NONE);
                keys(what, EventCodes.CONTEXT_PUT);
            }
            default -> tell(EventCodes.CONTEXT_UNCLEAR, Symbols.NONE);
        }
    }

    private void keys(@Nullable Object many, int how) {
        if (many == null) {
            return;
        }
        Iterable<?> keys = many instanceof Map<?, ?> map ? isOfJdk(map) ? map.keySet() : null : iterable(many);
        if (keys == null) {
            tell(EventCodes.CONTEXT_UNCLEAR, Symbols.NONE);
            return;
        }
        int count = 0;
        try {
            for (Object key : keys) {
                if (++count > MOST_KEYS) {
                    tell(EventCodes.CONTEXT_UNCLEAR, Symbols.NONE);
                    return;
                }
                key(key, how);
            }
        } catch (RuntimeException e) {
            tell(EventCodes.CONTEXT_UNCLEAR, Symbols.NONE); // somebody changes it meanwhile
        }
    }

    private static @Nullable Iterable<?> iterable(Object many) {
        return many instanceof Iterable<?> some && isOfJdk(some) ? some : null;
    }

    private static boolean isOfJdk(Object object) {
        return object.getClass().getClassLoader() == null;
    }

    private void key(@Nullable Object key, int how) {
        if (key instanceof String text) {
            int symbol = recorder.symbol(text);
            tell(symbol == Symbols.OVERFLOW ? EventCodes.CONTEXT_UNCLEAR : how, symbol);
        }
    }

    private void tell(int how, int key) {
        long thread = ThreadIds.current();
        recorder.linked(recorder.now(), thread, how, key, thread);
    }
}
