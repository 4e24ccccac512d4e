package dev.asyncinspect.sources;

import dev.asyncinspect.model.StackTrace;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskKind;
import dev.asyncinspect.model.TaskState;
import dev.asyncinspect.model.ThreadAttributes;
import dev.asyncinspect.model.Wait;
import dev.asyncinspect.sources.heap.Heap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is behind the {@code Thread} objects of a heap. */
final class HeapPeople {

    private static final int TERMINATED = 0x2;

    private final Heap heap;
    private final int virtualTerminated;
    private final Map<Long, String> names;

    /**
     * Looks up their names.
     *
     * @param threads their {@code Thread} objects
     * @param others further strings to be looked up
     */
    HeapPeople(Heap heap, Iterable<Long> threads, Collection<Long> others) {
        this.heap = heap;
        virtualTerminated = heap.staticInt("java.lang.VirtualThread", "TERMINATED", -1);
        List<Long> texts = new ArrayList<>(others);
        threads.forEach(thread -> texts.add(heap.reference(thread, "name")));
        names = heap.texts(texts);
    }

    long id(long thread) {
        return heap.number(thread, "tid");
    }

    String name(long thread) {
        return names.getOrDefault(heap.reference(thread, "name"), "");
    }

    /** One of the further strings, empty if it is none of them. */
    String text(long string) {
        return names.getOrDefault(string, "");
    }

    TaskKind kind(long thread) {
        return heap.isA(thread, "java.lang.BaseVirtualThread") ? TaskKind.VIRTUAL_THREAD : TaskKind.PLATFORM_THREAD;
    }

    /** Whether the thread is known to have ended; one that the dump does not list may only be left out. */
    boolean hasEnded(long thread) {
        return heap.isA(thread, "java.lang.VirtualThread")
                ? heap.number(thread, "state") == virtualTerminated
                : (heap.number(holder(heap, thread), "threadStatus") & TERMINATED) != 0;
    }

    /** Whether this platform thread was made and never started. */
    boolean isUnstarted(long thread) {
        return kind(thread) == TaskKind.PLATFORM_THREAD && heap.number(holder(heap, thread), "threadStatus") == 0;
    }

    /** A thread with this stack, which waits or not. */
    Task task(long thread, TaskState state, StackTrace stack, @Nullable Wait wait) {
        boolean daemon = kind(thread) == TaskKind.VIRTUAL_THREAD || heap.number(holder(heap, thread), "daemon") != 0;
        ThreadAttributes attributes = new ThreadAttributes(
                id(thread),
                ThreadAttributes.NONE,
                null,
                daemon,
                ThreadAttributes.NONE,
                ThreadAttributes.NONE,
                null,
                ThreadAttributes.NONE);
        return new Task(id(thread), name(thread), kind(thread), state, stack, wait, attributes);
    }

    /** The object with the status of a platform thread: from JDK 19 on no longer the thread itself. */
    static long holder(Heap heap, long thread) {
        long holder = heap.reference(thread, "holder");
        return holder == 0 ? thread : holder;
    }
}
