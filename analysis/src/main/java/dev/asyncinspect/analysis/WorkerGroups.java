package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The workers of each {@code ThreadPoolExecutor}, told apart by the names of their threads. */
final class WorkerGroups {

    /*
     * A dump does not say which pool a worker belongs to. Thread factories number their threads, so the name without its
     * trailing number stands for the pool: an inference, and every finding built on it says so.
     */

    private static final String POOL = "java.util.concurrent.ThreadPoolExecutor";

    private WorkerGroups() {}

    /** The workers of each pool, by name; idle ones included. */
    static Collection<Group> in(Snapshot snapshot) {
        Map<String, List<Task>> byName = new TreeMap<>();
        for (Task task : snapshot.tasks()) {
            if (task.kind() == TaskKind.PLATFORM_THREAD && isWorker(task)) {
                byName.computeIfAbsent(withoutNumber(task.name()), name -> new ArrayList<>())
                        .add(task);
            }
        }
        List<Group> groups = new ArrayList<>();
        byName.forEach((name, workers) -> groups.add(new Group(name, workers)));
        return groups;
    }

    /**
     * A pool.
     *
     * @param name what the names of its threads have in common
     * @param workers its threads
     */
    record Group(String name, List<Task> workers) {}

    private static boolean isWorker(Task task) {
        return task.stack().contains(POOL, "runWorker") || task.stack().contains(POOL, "getTask");
    }

    private static String withoutNumber(String name) {
        int end = name.length();
        while (end > 0 && Character.isDigit(name.charAt(end - 1))) {
            end--;
        }
        return end == 0 ? name : name.substring(0, end);
    }
}
