package dev.asyncinspect;

import java.lang.reflect.InvocationTargetException;

/** {@code java -jar async-inspect.jar}: enters the command line, or says in one line which Java it needs. */
public final class Main {

    /*
     * Compiled for Java 8, alone: an older JVM can load this class and nothing else of ours. Therefore the class that goes on
     * is named by a string.
     */

    private static final int OLDEST_JAVA = 17;

    private Main() {}

    /** Hands the arguments on. */
    public static void main(String[] args) throws Throwable {
        String refusal = refusal(System.getProperty("java.specification.version", ""));
        if (!refusal.isEmpty()) {
            System.err.println(refusal);
            System.exit(2);
        }
        try {
            Class.forName("dev.asyncinspect.CommandLineBootstrap")
                    .getMethod("enter", String[].class)
                    .invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Why we cannot run on that Java, in one line; empty if we can. */
    static String refusal(String version) {
        return feature(version) >= OLDEST_JAVA
                ? ""
                : "async-inspect: needs Java " + OLDEST_JAVA + " or newer to run, this is Java " + version;
    }

    /** 8 for 1.8, 17 for 17; 0 for what is no version. */
    private static int feature(String version) {
        try {
            return Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
