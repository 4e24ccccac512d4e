package guest;

import dev.asyncinspect.core.Inspect;
import dev.asyncinspect.core.Inspector;
import dev.asyncinspect.core.TaskGuard;
import dev.asyncinspect.core.sync.TrackedLock;

/** A program that names its tasks by a library that it ships. */
public class Tasks {

    public static void enable() {
        Inspector.global().enable();
    }

    public static void disable() {
        Inspector.global().disable();
    }

    public static boolean isEnabled() {
        return Inspector.global().isEnabled();
    }

    /** The id of a task with a point, which is over afterwards. */
    public static long run(String name) {
        try (TaskGuard guard = Inspect.begin(name)) {
            Inspect.point("passed", name + " passed");
            guard.complete();
            return guard.taskId();
        }
    }

    public static void spawn(String name) throws Exception {
        Inspect.spawn(name, () -> 1).get();
    }

    public static AutoCloseable begin(String name) {
        return Inspect.begin(name);
    }

    public static long lock() {
        return new TrackedLock("a lock").resourceId();
    }

    /** Names and states of the tasks that the program knows itself. */
    public static String known() {
        StringBuilder known = new StringBuilder();
        Inspector.global().tasks().stream()
                .sorted((a, b) -> Long.compare(a.id(), b.id()))
                .forEach(task -> known.append(task.name())
                        .append(' ')
                        .append(task.state())
                        .append(' ')
                        .append(task.id())
                        .append(';'));
        return known.toString();
    }
}
