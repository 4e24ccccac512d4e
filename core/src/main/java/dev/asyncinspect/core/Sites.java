package dev.asyncinspect.core;

/** Where in the program something is created, if that was asked for: it costs some microseconds each time. */
final class Sites {

    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final String OWN = "dev.asyncinspect.core.";

    private static volatile boolean wanted;

    private Sites() {}

    static void wanted(boolean sites) {
        wanted = sites;
    }

    /** The symbol of the nearest frame that is not ours, 0 if sites are not wanted. */
    static int caller() {
        return wanted ? Inspector.RECORDER.symbol(walk()) : 0;
    }

    private static String walk() {
        return WALKER.walk(frames -> frames.filter(frame -> !isJdk(frame.getClassName())
                        && (!frame.getClassName().startsWith(OWN) || isTest(frame.getClassName())))
                .findFirst()
                .map(frame -> "%s.%s(%s:%d)"
                        .formatted(
                                frame.getClassName(),
                                frame.getMethodName(),
                                frame.getFileName(),
                                frame.getLineNumber()))
                .orElse("unknown"));
    }

    /** The JDK calls on behalf of the program: {@code AbstractExecutorService.submit} calls {@code execute}. */
    private static boolean isJdk(String className) {
        return className.startsWith("java.") || className.startsWith("jdk.");
    }

    /** Our own tests are programs like any other. */
    private static boolean isTest(String className) {
        return className.endsWith("Test");
    }
}
