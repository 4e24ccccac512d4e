package dev.asyncinspect.sources;

import dev.asyncinspect.sources.heap.Awaited;
import dev.asyncinspect.sources.heap.Backlog;
import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.PoolBooks;
import dev.asyncinspect.sources.heap.StuckThreads;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who waits for what only work in the queue of a full pool could give: a latch that it counts down, the answer to a request. */
final class HeapStarvation {

    /*
     *   worker ──waits──► latch ◄──refers── work ◄──holds── queue of the worker's own pool ◄── pool ◄── everybody
     *
     * Nearly everything reaches a pool, and through its queue the latch; but nobody takes work out of the queue except a
     * worker. So the question who is stuck is asked once more, with the queues of full pools closed as long as all of their
     * workers are stuck. Who is stuck then waits for the workers of the pool.
     *
     * The second question goes through the whole heap again. It is asked only if there is a full pool whose workers all wait,
     * and whose work refers to what somebody waits for; healthy programs have none.
     *
     * Work that refers to a latch may be meant to wait for it as well. Nobody else could ever open it, and that is what is said.
     */

    private static final int MOST_STEPS = 12;
    private static final int MOST_OBJECTS = 1_000;
    private static final int MOST_WORKS = 1_000;
    private static final List<String> NOT_INTO = List.of(
            "java.lang.Thread",
            "java.lang.ClassLoader",
            "java.util.concurrent.ThreadPoolExecutor",
            "java.util.concurrent.ForkJoinPool",
            "java.util.Timer");

    private final Heap heap;
    private final @Nullable StuckThreads stuck;
    private final Map<Long, Set<Long>> workersBehind = new HashMap<>();
    private final Map<Long, String> doubts = new HashMap<>();

    /**
     * Asks.
     *
     * @param full whose workers all wait
     * @param waits who waits without a timeout for what another thread could give
     * @param explained whether it is known already who gives what is awaited
     */
    HeapStarvation(Heap heap, List<FullPools.Full> full, Collection<Awaited> waits, Predicate<Awaited> explained) {
        this.heap = heap;
        Set<Long> keys = new HashSet<>();
        for (Awaited wait : waits) {
            if (wait.ownerId() == 0 && !explained.test(wait)) {
                keys.addAll(wait.keys());
            }
        }
        List<Backlog> backlogs = new ArrayList<>();
        for (FullPools.Full pool : full) {
            backlogs.addAll(pool.backlogs());
            for (long key : keys.isEmpty() ? Set.<Long>of() : referredTo(pool.works(), keys)) {
                workersBehind.computeIfAbsent(key, k -> new LinkedHashSet<>()).addAll(pool.workers());
                if (pool.doubt() != null) {
                    doubts.put(key, pool.doubt());
                }
            }
        }
        stuck = workersBehind.isEmpty() ? null : StuckThreads.in(heap, List.copyOf(waits), PoolBooks.NONE, backlogs);
    }

    /** Thread objects of the workers who alone could run what gives it; empty if no queued work does. */
    List<Long> workersBehind(Awaited awaited) {
        return awaited.keys().stream()
                .flatMap(key -> workersBehind.getOrDefault(key, Set.of()).stream())
                .distinct()
                .toList();
    }

    /** Why others than those workers could run it as well; null if they cannot. */
    @Nullable
    String doubt(Awaited awaited) {
        return awaited.keys().stream()
                .map(doubts::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Whether nobody but those workers could give it, and all of them are stuck. */
    boolean isCertain(Awaited awaited) {
        return stuck != null && stuck.isStuck(awaited.thread().objectId());
    }

    /** Who is stuck with the queues of full pools closed; null if that was not asked. */
    @Nullable
    StuckThreads stuck() {
        return stuck;
    }

    private Set<Long> referredTo(List<Long> works, Set<Long> wanted) {
        Set<Long> found = new LinkedHashSet<>();
        for (long work : works.subList(0, Math.min(works.size(), MOST_WORKS))) {
            Set<Long> seen = new HashSet<>(Set.of(work));
            Deque<Long> open = new ArrayDeque<>(seen);
            for (int step = 0; step < MOST_STEPS && !open.isEmpty(); step++) {
                for (int left = open.size(); left > 0; left--) {
                    long object = open.remove();
                    if (wanted.contains(object)) {
                        found.add(object);
                    } else if (NOT_INTO.stream().noneMatch(type -> heap.isA(object, type))) {
                        heap.references(object, reference -> {
                            if (seen.size() < MOST_OBJECTS && seen.add(reference)) {
                                open.add(reference);
                            }
                        });
                    }
                }
            }
        }
        return found;
    }
}
