package dev.asyncinspect.integrations.jdk;

import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** The class of a throwable and the first line of its message, without running code of the program. */
final class ThrowableText {

    private static final int MOST_CHARS = 200;

    /** {@code getMessage} can be overridden and do anything; the field cannot. */
    private static final @Nullable VarHandle MESSAGE = Insides.field("java.lang.Throwable", "detailMessage");

    private ThrowableText() {}

    static String of(Throwable thrown) {
        String message = MESSAGE == null ? null : (String) MESSAGE.get(thrown);
        String name = thrown.getClass().getName();
        if (message == null) {
            return name;
        }
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        return name + ": " + (line.length() > MOST_CHARS ? line.substring(0, MOST_CHARS) : line);
    }
}
