package dev.asyncinspect.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One moment of a JVM: an immutable graph of tasks that wait for resources that tasks hold.
 *
 * @param takenAt when, by the clock of the source; null if it does not say
 * @param source where it comes from
 * @param tasks sorted by id, each id once
 * @param resources sorted by id, each id once
 * @param completeness what could not be seen
 * @param carriers the scheduler of virtual threads, null if the source does not tell
 * @param works what its objects say of work that nobody has begun and work that has failed
 */
public record Snapshot(
        @Nullable Instant takenAt,
        Source source,
        List<Task> tasks,
        List<Resource> resources,
        Completeness completeness,
        @Nullable CarrierPool carriers,
        Works works) {

    // Lookups are binary searches over the sorted lists: a map would cost more than the tasks themselves.

    public Snapshot {
        tasks = sortedById(tasks, Task::id, "task");
        resources = sortedById(resources, Resource::id, "resource");
    }

    /** A snapshot that tells nothing of work without threads. */
    public Snapshot(
            @Nullable Instant takenAt,
            Source source,
            List<Task> tasks,
            List<Resource> resources,
            Completeness completeness,
            @Nullable CarrierPool carriers) {
        this(takenAt, source, tasks, resources, completeness, carriers, Works.NONE);
    }

    /** A snapshot that tells nothing of the scheduler of virtual threads either. */
    public Snapshot(
            @Nullable Instant takenAt,
            Source source,
            List<Task> tasks,
            List<Resource> resources,
            Completeness completeness) {
        this(takenAt, source, tasks, resources, completeness, null, Works.NONE);
    }

    /** The same moment with more known about its resources. */
    public Snapshot withResources(List<Resource> better) {
        return new Snapshot(takenAt, source, tasks, better, completeness, carriers, works);
    }

    /** The same moment with only these of its tasks. */
    public Snapshot withTasks(List<Task> some) {
        return new Snapshot(takenAt, source, some, resources, completeness, carriers, works);
    }

    /** The same moment with another account of what could not be seen. */
    public Snapshot withCompleteness(Completeness other) {
        return new Snapshot(takenAt, source, tasks, resources, other, carriers, works);
    }

    /** The same moment with more known about work. */
    public Snapshot withWorks(Works more) {
        return new Snapshot(takenAt, source, tasks, resources, completeness, carriers, more);
    }

    /** The same moment, told of by another source. */
    public Snapshot withSource(Source other) {
        return new Snapshot(takenAt, other, tasks, resources, completeness, carriers, works);
    }

    /** The same moment, dated by the clock of whoever took it, of the JVM with this process id. */
    public Snapshot at(Instant time, long pid) {
        Source dated = new Source(source.distance(), source.description(), pid, source.jvmVersion());
        return new Snapshot(time, dated, tasks, resources, completeness, carriers, works);
    }

    /** The task of this id, null if there is none. */
    public @Nullable Task task(long id) {
        int index = taskIndex(id);
        return index < 0 ? null : tasks.get(index);
    }

    /** Position of the task of this id in {@link #tasks}, negative if there is none. */
    public int taskIndex(long id) {
        return indexOf(tasks, Task::id, id);
    }

    /** The resource of this id, null if there is none. */
    public @Nullable Resource resource(long id) {
        int index = resourceIndex(id);
        return index < 0 ? null : resources.get(index);
    }

    /** Position of the resource of this id in {@link #resources}, negative if there is none. */
    public int resourceIndex(long id) {
        return indexOf(resources, Resource::id, id);
    }

    private static <T> List<T> sortedById(List<T> given, ToLongFunction<T> id, String what) {
        List<T> sorted = new ArrayList<>(given);
        sorted.sort(Comparator.comparingLong(id));
        for (int i = 1; i < sorted.size(); i++) {
            if (id.applyAsLong(sorted.get(i - 1)) == id.applyAsLong(sorted.get(i))) {
                throw new IllegalArgumentException("two " + what + "s have the id " + id.applyAsLong(sorted.get(i)));
            }
        }
        return List.copyOf(sorted);
    }

    static <T> int indexOf(List<T> sorted, ToLongFunction<T> id, long wanted) {
        int low = 0;
        int high = sorted.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long found = id.applyAsLong(sorted.get(middle));
            if (found == wanted) {
                return middle;
            }
            if (found < wanted) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }
}
