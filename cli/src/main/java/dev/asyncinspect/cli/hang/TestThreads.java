package dev.asyncinspect.cli.hang;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The threads of a JVM whose progress is that of the program: those that run tests or, if there are none, that keep it alive. */
public final class TestThreads {

    private static final List<String> FRAMEWORKS = List.of(
            "org.junit.",
            "junit.framework.",
            "org.testng.",
            "io.kotest.",
            "org.spockframework.",
            "munit.",
            "org.scalatest.");

    private static final List<String> REFLECTION =
            List.of("java.lang.reflect.", "jdk.internal.reflect.", "java.lang.invoke.", "sun.reflect.");

    /** What the JVM calls the thread that waits for the others once the main method has returned. */
    private static final String AFTER_MAIN = "DestroyJavaVM";

    private TestThreads() {}

    /** Those threads, in the order of their ids. */
    public static List<Task> of(Snapshot snapshot) {
        List<Task> running = snapshot.tasks().stream()
                .filter(task -> frameworkFrame(task) >= 0)
                .toList();
        return running.isEmpty() ? keepingAlive(snapshot) : running;
    }

    /** Whether some thread runs tests. */
    public static boolean runsTests(Snapshot snapshot) {
        return snapshot.tasks().stream().anyMatch(task -> frameworkFrame(task) >= 0);
    }

    /** The threads that keep the JVM from ending by itself. */
    public static List<Task> keepingAlive(Snapshot snapshot) {
        return snapshot.tasks().stream()
                .filter(task -> task.kind() != TaskKind.VIRTUAL_THREAD)
                .filter(task -> task.thread() != null && !task.thread().daemon())
                .filter(task -> !task.stack().isEmpty())
                .toList();
    }

    /** Whether the main method has returned, so that the JVM lives only for its other threads. */
    public static boolean isMainOver(Snapshot snapshot) {
        return snapshot.tasks().stream().anyMatch(task -> task.name().equals(AFTER_MAIN));
    }

    /** The method that the test framework runs on this thread, {@code Class.method}; null if it runs none. */
    public static @Nullable String testOn(Task task) {
        List<Frame> frames = task.stack().frames();
        int called = frameworkFrame(task) - 1;
        while (called >= 0 && isReflection(frames.get(called))) {
            called--;
        }
        if (called < 0
                || called == frameworkFrame(task) - 1
                || frames.get(called).isJdk()) {
            return null; // the framework itself waits: for its workers, say
        }
        Frame frame = frames.get(called);
        return frame.className() + "." + frame.method();
    }

    /** Index of the innermost frame of a test framework that calls a method it found by reflection; else of any; else -1. */
    private static int frameworkFrame(Task task) {
        List<Frame> frames = task.stack().frames();
        int any = -1;
        for (int i = 0; i < frames.size(); i++) {
            if (isFramework(frames.get(i))) {
                any = any < 0 ? i : any;
                if (i > 0 && isReflection(frames.get(i - 1))) {
                    return i;
                }
            }
        }
        return any;
    }

    private static boolean isFramework(Frame frame) {
        return FRAMEWORKS.stream().anyMatch(frame.className()::startsWith);
    }

    private static boolean isReflection(Frame frame) {
        return REFLECTION.stream().anyMatch(frame.className()::startsWith);
    }
}
