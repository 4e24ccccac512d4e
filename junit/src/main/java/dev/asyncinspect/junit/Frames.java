package dev.asyncinspect.junit;

import java.util.List;

/** Stack frames as a person reads them. */
final class Frames {

    private static final String AT = "\n    at ";

    private Frames() {}

    /** Each on a line of its own, without the names of modules and loaders. */
    static String text(List<StackTraceElement> frames) {
        StringBuilder text = new StringBuilder();
        for (StackTraceElement frame : frames) {
            if (!isLambdaGlue(frame)) {
                text.append(AT).append(text(frame));
            }
        }
        return text.toString();
    }

    /** {@code example.BankTest.moves(BankTest.java:23)}. */
    static String text(StackTraceElement frame) {
        return new StackTraceElement(
                        frame.getClassName(), frame.getMethodName(), frame.getFileName(), frame.getLineNumber())
                .toString();
    }

    /** Whether it belongs to the JDK. */
    static boolean isOfJdk(StackTraceElement frame) {
        String owner = frame.getClassName();
        return owner.startsWith("java.") || owner.startsWith("jdk.") || owner.startsWith("sun.");
    }

    /** Whether it belongs to JUnit's engine. */
    static boolean isOfRunner(StackTraceElement frame) {
        String owner = frame.getClassName();
        return owner.startsWith("org.junit.platform.") || owner.startsWith("org.junit.jupiter.engine.");
    }

    /** Before JDK 21 the classes behind lambdas show on stacks. */
    private static boolean isLambdaGlue(StackTraceElement frame) {
        return frame.getClassName().contains("$$Lambda");
    }
}
