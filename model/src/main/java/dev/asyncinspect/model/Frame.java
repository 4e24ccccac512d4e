package dev.asyncinspect.model;

import org.jspecify.annotations.Nullable;

/**
 * One line of a stack: a method and the place in it.
 *
 * @param className binary name of the class, never empty: {@code java.util.Map$Entry}
 * @param method method name, never empty
 * @param file source file name, null where the class was compiled without it
 * @param line line in that file; {@link #LINE_UNKNOWN} or {@link #LINE_NATIVE} where there is none
 */
public record Frame(
        String className, String method, @Nullable String file, int line) {

    /** The class file has no line for this place. */
    public static final int LINE_UNKNOWN = -1;

    /** The method is native. */
    public static final int LINE_NATIVE = -2;

    /** Stands for a place that the source does not tell. */
    public static final Frame UNKNOWN = new Frame("unknown", "unknown", null, LINE_UNKNOWN);

    public Frame {
        if (className.isEmpty() || method.isEmpty()) {
            throw new IllegalArgumentException(
                    "a frame needs a class and a method: '" + className + "." + method + "'");
        }
    }

    /** Class name without its package: {@code Map$Entry}. */
    public String simpleClassName() {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    /** The place as people write it: {@code Bank.java:34}, {@code native} or {@code line unknown}. */
    public String place() {
        if (line == LINE_NATIVE) {
            return "native";
        }
        if (file == null) {
            return "line unknown";
        }
        return line < 0 ? file : file + ":" + line;
    }

    /** {@code Bank.transfer}: what the method is called by people. */
    public String qualifiedMethod() {
        return simpleClassName() + "." + method;
    }

    /**
     * Whether the JVM hides this frame in exceptions, as it does for the classes behind lambdas and method handles. Those have no name
     * that all tools write alike: {@code LambdaForm$MH/0x1b2c} in a thread dump is {@code LambdaForm$MH+0x1b2c} in a heap.
     */
    public boolean isHidden() {
        return className.contains("$$Lambda") || className.contains("/0x") || className.contains("+0x");
    }

    /** Whether the class belongs to the JDK, judged by its package. */
    public boolean isJdk() {
        return className.startsWith("java.")
                || className.startsWith("jdk.")
                || className.startsWith("sun.")
                || className.startsWith("javax.")
                || className.startsWith("com.sun.");
    }

    /** Whether the class is this one or nested in it, or belongs to the package of this name. */
    public boolean isIn(String classOrPackage) {
        return className.startsWith(classOrPackage)
                && (className.length() == classOrPackage.length()
                        || className.charAt(classOrPackage.length()) == '$'
                        || className.lastIndexOf('.') == classOrPackage.length());
    }

    @Override
    public String toString() {
        return qualifiedMethod() + " " + place();
    }
}
