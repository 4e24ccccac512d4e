package dev.asyncinspect.integrations.jdk;

import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The line of the program at which the current thread is: {@code Shop.order(Shop.java:41)}. A look costs some microseconds. */
final class Lines {

    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final StackWalker WITH_CLASSES = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    private static final int MOST_FRAMES = 200;
    private static final String OWN = "dev.asyncinspect.integrations.jdk.";
    private static final String LOCKS = "java.util.concurrent.locks.";

    private Lines() {}

    /** The nearest line of the program, however much of the JDK lies before it; null if there is none. */
    static @Nullable String nearest() {
        StackFrame frame = WALKER.walk(stack -> first(stack, false));
        return frame == null ? null : text(frame);
    }

    /** The nearest frames of the program, with their classes, the nearest one first. */
    static List<StackFrame> nearest(int most) {
        return WITH_CLASSES.walk(stack -> {
            List<StackFrame> found = new ArrayList<>(most);
            Iterator<StackFrame> frames = stack.iterator();
            for (int i = 0; i < MOST_FRAMES && found.size() < most && frames.hasNext(); i++) {
                StackFrame frame = frames.next();
                if (isOfProgram(frame.getClassName())) {
                    found.add(frame);
                }
            }
            return found;
        });
    }

    /** The line that has called a lock; null if code of the JDK has, for a purpose of its own. */
    static @Nullable String ofLock() {
        StackFrame frame = WALKER.walk(stack -> first(stack, true));
        return frame == null ? null : text(frame);
    }

    /** {@code Shop.order(Shop.java:41)}. */
    static String text(StackFrame frame) {
        return frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName() + ":"
                + frame.getLineNumber() + ")";
    }

    private static @Nullable StackFrame first(Stream<StackFrame> stack, boolean locks) {
        Iterator<StackFrame> frames = stack.iterator();
        for (int i = 0; i < MOST_FRAMES && frames.hasNext(); i++) {
            StackFrame frame = frames.next();
            String name = frame.getClassName();
            if (isOfProgram(name)) {
                return frame;
            }
            boolean hook = isOurs(name) || name.startsWith("java.lang.AsyncInspectBridge");
            if (locks && !hook && !name.startsWith(LOCKS)) {
                return null;
            }
        }
        return null;
    }

    private static boolean isOfProgram(String className) {
        return !isJdk(className) && !isOurs(className);
    }

    private static boolean isJdk(String className) {
        return className.startsWith("java.") || className.startsWith("jdk.") || className.startsWith("sun.");
    }

    /** A hook; our own tests are programs like any other. */
    private static boolean isOurs(String className) {
        return className.startsWith(OWN) && !className.contains("Test");
    }
}
