package dev.asyncinspect.sources;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapThread;
import dev.asyncinspect.sources.heap.PoolBooks;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Which threads have what was taken from a pool near at hand: on their stacks, or in their thread-local variables. */
final class LeaseSites {

    /*
     * Each stack is searched from its outermost frame inwards, a few steps from each: the first frame near to it is the one
     * that works with it. What frameworks bind to a thread lies deeper, in the maps of its thread-local variables.
     */

    private static final int NEAR_A_FRAME = 7;
    private static final int NEAR_A_THREAD = 12;
    private static final int MOST_STEPS_A_THREAD = 2_000;
    private static final int MOST_STEPS = 5_000_000;

    private final Heap heap;
    private final Set<Long> wanted;
    private final PoolBooks books;
    private final Map<Long, Map<Long, @Nullable Frame>> found = new HashMap<>();
    private int steps;

    private LeaseSites(Heap heap, Set<Long> wanted, PoolBooks books) {
        this.heap = heap;
        this.wanted = wanted;
        this.books = books;
    }

    /**
     * Looks for them.
     *
     * @param books what is not searched
     */
    static LeaseSites in(Heap heap, Set<Long> wanted, PoolBooks books) {
        LeaseSites sites = new LeaseSites(heap, wanted, books);
        if (!wanted.isEmpty()) {
            heap.threads().forEach(sites::search);
        }
        return sites;
    }

    /** The threads that have it near, each with the frame, null if it is not on the stack. */
    Map<Long, @Nullable Frame> of(long object) {
        return found.getOrDefault(object, Map.of());
    }

    /** The frame of this thread that has it, null if none is near to it. */
    @Nullable
    Frame of(long thread, long object) {
        return of(object).get(thread);
    }

    private void search(HeapThread thread) {
        Set<Long> seen = new HashSet<>(books.lists());
        for (int depth = thread.frames().size() - 1; depth >= 0; depth--) {
            Frame frame = thread.frames().get(depth);
            List<Long> locals = thread.locals().getOrDefault(depth, List.of());
            boolean shown = !frame.isJdk() && !frame.isHidden();
            search(thread.objectId(), locals, NEAR_A_FRAME, shown ? frame : null, seen);
        }
        search(thread.objectId(), List.of(thread.objectId()), NEAR_A_THREAD, null, seen);
    }

    private void search(long thread, List<Long> from, int reach, @Nullable Frame frame, Set<Long> seen) {
        Map<Long, Integer> distance = new HashMap<>();
        Deque<Long> next = new ArrayDeque<>();
        for (long start : from) {
            if (start == thread || (seen.add(start) && !heap.isA(start, "java.lang.Thread"))) {
                distance.put(start, 0);
                next.add(start);
            }
        }
        int begin = steps;
        for (Long object = next.poll(); object != null; object = next.poll()) {
            if (wanted.contains(object)) {
                found.computeIfAbsent(object, o -> new LinkedHashMap<>()).putIfAbsent(thread, frame);
                continue;
            }
            long referrer = object;
            int here = distance.getOrDefault(object, 0);
            if (here < reach && steps < MOST_STEPS && steps - begin < MOST_STEPS_A_THREAD) {
                LongConsumer visit = reference -> {
                    steps++;
                    if (!books.hides(referrer, reference)
                            && seen.add(reference)
                            && !heap.isA(reference, "java.lang.Thread")) {
                        distance.put(reference, here + 1);
                        next.add(reference);
                    }
                };
                if (object == thread) {
                    heap.privateReferences(object, visit);
                } else {
                    heap.references(object, visit);
                }
            }
        }
    }
}
