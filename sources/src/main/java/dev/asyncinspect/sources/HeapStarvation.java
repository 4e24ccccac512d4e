package dev.asyncinspect.sources;

import dev.asyncinspect.sources.heap.Awaited;
import dev.asyncinspect.sources.heap.Backlog;
import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapThread;
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
     * The same holds for room in a full queue, which nobody makes but those who take from it. A queue is closed as long as all of
     * those are stuck that are known to take from it or may be about to; no work in it needs to refer to anything.
     *
     * Work that refers to a latch may be meant to wait for it as well. Nobody else could ever open it, and that is what is said.
     */

    private static final String OTHERS_TAKE =
            "something else that can still run reaches the queue, and could take from it as well";
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
    private final HeapRooms rooms;
    private final Set<String> allDoubts = new LinkedHashSet<>();
    private @Nullable Map<Long, List<Long>> reachers;

    /**
     * Asks.
     *
     * @param full whose workers all wait
     * @param waits who waits without a timeout for what another thread could give
     * @param rooms who takes from the queues in which somebody waits for room
     * @param explained whether it is known already who gives what is awaited
     */
    HeapStarvation(
            Heap heap,
            List<FullPools.Full> full,
            Collection<Awaited> waits,
            HeapRooms rooms,
            Predicate<Awaited> explained) {
        this.heap = heap;
        this.rooms = rooms;
        Set<Long> keys = new HashSet<>();
        for (Awaited wait : waits) {
            if (wait.ownerId() == 0 && !explained.test(wait) && rooms.queueOf(wait.objectId()) == null) {
                keys.addAll(wait.keys());
            }
        }
        List<Backlog> backlogs = new ArrayList<>();
        Map<Long, HeapThread> waiting = new HashMap<>();
        waits.forEach(wait -> waiting.put(wait.thread().objectId(), wait.thread()));
        boolean isAnyRoomClosed = false;
        for (HeapRooms.Room room : rooms.all()) {
            if (FullPools.allWait(heap, room.takers(), waiting)) {
                backlogs.add(new Backlog(room.queue(), room.takers()));
                allDoubts.add(OTHERS_TAKE);
                isAnyRoomClosed = true;
            }
        }
        for (FullPools.Full pool : full) {
            if (pool.doubt() != null) {
                allDoubts.add(pool.doubt());
            }
            backlogs.addAll(pool.backlogs());
            for (long key : keys.isEmpty() ? Set.<Long>of() : referredTo(pool.works(), keys)) {
                workersBehind.computeIfAbsent(key, k -> new LinkedHashSet<>()).addAll(pool.workers());
                if (pool.doubt() != null) {
                    doubts.put(key, pool.doubt());
                }
            }
        }
        stuck = workersBehind.isEmpty() && !isAnyRoomClosed
                ? null
                : StuckThreads.in(heap, List.copyOf(waits), PoolBooks.NONE, backlogs);
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

    /** Who takes from the queue in which this is room, null if it is not or nobody is known to. */
    @Nullable
    List<Long> consumers(Awaited awaited) {
        HeapRooms.Room room = rooms.of(awaited.objectId());
        return room == null ? null : List.copyOf(room.consumers());
    }

    /** The queue in which this is room, null if it is not. */
    @Nullable
    Long queueOf(Awaited awaited) {
        return rooms.queueOf(awaited.objectId());
    }

    /** Which stuck threads could give it, with the queues closed; none if that would take too long to find out. */
    List<Long> reachers(Awaited awaited) {
        if (reachers == null) {
            Map<Long, List<Long>> found = stuck == null ? null : stuck.reachers();
            reachers = found == null ? Map.of() : found;
        }
        return reachers.getOrDefault(awaited.objectId(), List.of());
    }

    /** Why the queues may not be closed: others could take from them. Null if they cannot. */
    @Nullable
    String doubtOfAll() {
        return allDoubts.stream().findFirst().orElse(null);
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
