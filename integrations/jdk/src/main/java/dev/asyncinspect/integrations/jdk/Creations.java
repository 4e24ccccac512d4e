package dev.asyncinspect.integrations.jdk;

import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.core.recorder.ThreadIds;
import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells that a task exists: by the code that it runs, or, if that was asked for, by the line that submits it. */
final class Creations {

    /*
     * A look at the stack costs some microseconds a task, so it is for who asks. The line is then the site of the task, as it
     * is where the program tells of its tasks itself; the code becomes its name, unless it has one of its own.
     */

    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final int MOST_FRAMES = 200;
    private static final String OWN = "dev.asyncinspect.integrations.jdk.";

    private final Recorder recorder;
    private final boolean sites;

    /**
     * Creations for a recorder.
     *
     * @param sites whether to look for the line
     */
    Creations(Recorder recorder, boolean sites) {
        this.recorder = recorder;
        this.sites = sites;
    }

    /**
     * The current thread has created a task.
     *
     * @param code symbol of what the task runs
     * @param isNamed whether its name is told by somebody else
     */
    void told(long now, long taskId, int kind, int code, boolean isNamed) {
        if (!sites) {
            recorder.created(now, taskId, kind, code, ThreadIds.current());
            return;
        }
        String line = line();
        recorder.created(now, taskId, kind, line == null ? code : recorder.symbol(line), ThreadIds.current());
        if (!isNamed && line != null && code != 0) {
            recorder.named(now, taskId, code, 0);
        }
    }

    private static @Nullable String line() {
        return WALKER.walk(Creations::nearest);
    }

    /** The nearest frame of the program: neither the JDK's nor a hook's. */
    private static @Nullable String nearest(Stream<StackFrame> stack) {
        Iterator<StackFrame> frames = stack.iterator();
        for (int i = 0; i < MOST_FRAMES && frames.hasNext(); i++) {
            StackFrame frame = frames.next();
            String name = frame.getClassName();
            if (!isJdk(name) && (!name.startsWith(OWN) || isTest(name))) {
                return name + "." + frame.getMethodName() + "(" + frame.getFileName() + ":" + frame.getLineNumber()
                        + ")";
            }
        }
        return null;
    }

    private static boolean isJdk(String className) {
        return className.startsWith("java.") || className.startsWith("jdk.") || className.startsWith("sun.");
    }

    /** Our own tests are programs like any other. */
    private static boolean isTest(String className) {
        return className.contains("Test");
    }
}
