package dev.asyncinspect.integrations.jdk;

import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The line of the program at which the current thread is: {@code Shop.order(Shop.java:41)}. A look costs some microseconds. */
final class Lines {

    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final int MOST_FRAMES = 200;
    private static final String OWN = "dev.asyncinspect.integrations.jdk.";
    private static final String LOCKS = "java.util.concurrent.locks.";

    private Lines() {}

    /** The nearest line of the program, however much of the JDK lies before it; null if there is none. */
    static @Nullable String nearest() {
        return WALKER.walk(stack -> first(stack, false));
    }

    /** The line that has called a lock; null if code of the JDK has, for a purpose of its own. */
    static @Nullable String ofLock() {
        return WALKER.walk(stack -> first(stack, true));
    }

    private static @Nullable String first(Stream<StackFrame> stack, boolean locks) {
        Iterator<StackFrame> frames = stack.iterator();
        for (int i = 0; i < MOST_FRAMES && frames.hasNext(); i++) {
            StackFrame frame = frames.next();
            String name = frame.getClassName();
            if (isOurs(name) || name.startsWith("java.lang.AsyncInspectBridge")) {
                continue;
            }
            if (!isJdk(name)) {
                return name + "." + frame.getMethodName() + "(" + frame.getFileName() + ":" + frame.getLineNumber()
                        + ")";
            }
            if (locks && !name.startsWith(LOCKS)) {
                return null;
            }
        }
        return null;
    }

    private static boolean isJdk(String className) {
        return className.startsWith("java.") || className.startsWith("jdk.") || className.startsWith("sun.");
    }

    /** A hook; our own tests are programs like any other. */
    private static boolean isOurs(String className) {
        return className.startsWith(OWN) && !className.contains("Test");
    }
}
