package dev.asyncinspect.weaving.program;

import org.jspecify.annotations.Nullable;

/** What is asked of a recorder of the program, by name: its class is another one than ours. */
final class Theirs {

    private Theirs() {}

    /** The one recorder that the library of the program has, given its class, which must have made it already. */
    static @Nullable Object global(Class<?> type) throws ReflectiveOperationException {
        return type.getMethod("global").invoke(null);
    }

    static long nextTaskId(Object recorder) {
        return (long) ask(recorder, "nextTaskId");
    }

    static long nextResourceId(Object recorder) {
        return (long) ask(recorder, "nextResourceId");
    }

    static void countFrom(Object recorder, long taskId, long resourceId) {
        try {
            recorder.getClass().getMethod("countFrom", long.class, long.class).invoke(recorder, taskId, resourceId);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the program's recorder does not count on", e);
        }
    }

    /** The text of a symbol; null if there is none. */
    static @Nullable String text(Object recorder, int symbol) {
        Object table = ask(recorder, "symbols");
        try {
            return (String) table.getClass().getMethod("text", int.class).invoke(table, symbol);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the program's table of symbols cannot be read", e);
        }
    }

    private static Object ask(Object recorder, String what) {
        try {
            return recorder.getClass().getMethod(what).invoke(recorder);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the program's recorder does not tell its " + what, e);
        }
    }
}
