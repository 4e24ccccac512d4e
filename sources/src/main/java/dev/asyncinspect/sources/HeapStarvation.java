package dev.asyncinspect.sources;

import dev.asyncinspect.sources.heap.Awaited;
import dev.asyncinspect.sources.heap.Backlog;
import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapClass;
import dev.asyncinspect.sources.heap.HeapThread;
import dev.asyncinspect.sources.heap.PoolBooks;
import dev.asyncinspect.sources.heap.StuckThreads;
import java.util.ArrayList;
import java.util.Collection;
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
     * Work that refers to it from afar, as through the operators of a reactive library, counts only if the answer is that nobody else
     * could give it: much leads to much by so many references.
     *
     * A client of java.net.http is reached by its own selector thread, and with it every answer that is on its way. But that thread only
     * hands what has come to the executor of the client. So work of the client in the queue says who would go on with an answer
     * that it leads to, whoever else reaches it.
     *
     * The same holds for room in a full queue, which nobody makes but those who take from it. A queue is closed as long as all of
     * those are stuck that are known to take from it or may be about to; no work in it needs to refer to anything.
     *
     * Work that refers to a latch may be meant to wait for it as well. Nobody else could ever open it, and that is what is said.
     */

    private static final String OTHERS_TAKE =
            "something else that can still run reaches the queue, and could take from it as well";
    private static final int MOST_WORKS = 1_000;
    /** Of the client of java.net.http, which hands each step of an answer to its executor. */
    private static final String CLIENT_WORK = "jdk.internal.net.http.";
    /** What it makes, and all stages that are made of one; a future of the program may be completed by anything. */
    private static final String CLIENT_FUTURE = CLIENT_WORK + "common.MinimalFuture";

    private final Heap heap;
    private final @Nullable StuckThreads stuck;
    private final Map<Long, Set<Long>> workersBehind = new HashMap<>();
    /** The same of what queued work refers to from afar. */
    private final Map<Long, Set<Long>> workersFarBehind = new HashMap<>();

    private final Set<Long> answers = new HashSet<>();
    private final Map<Long, String> doubts = new HashMap<>();
    /** What each thread was taken to wait for: of a future and the answer that completes it, the answer. */
    private final Map<Long, Long> asked = new HashMap<>();

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
        HeapStages stages = new HeapStages(heap);
        Set<Long> keys = new HashSet<>();
        for (Awaited wait : waits) {
            if (wait.ownerId() == 0
                    && !explained.test(wait)
                    && rooms.queueOf(wait.objectId()) == null
                    && !stages.hasTimeout(wait.objectId())) {
                keys.addAll(wait.keys());
            }
        }
        List<Backlog> backlogs = new ArrayList<>();
        Map<Long, HeapThread> waiting = new HashMap<>();
        waits.forEach(wait -> {
            waiting.put(wait.thread().objectId(), wait.thread());
            asked.put(wait.thread().objectId(), wait.objectId());
        });
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
            if (!keys.isEmpty()) {
                lookBehind(pool, new WorkReach(heap, keys));
            }
        }
        keys.removeAll(workersBehind.keySet());
        if (!keys.isEmpty()) {
            full.forEach(pool -> lookFarBehind(pool, WorkReach.far(heap, keys)));
        }
        stuck = workersBehind.isEmpty() && workersFarBehind.isEmpty() && !isAnyRoomClosed
                ? null
                : StuckThreads.in(heap, List.copyOf(waits), PoolBooks.NONE, backlogs);
    }

    private void lookBehind(FullPools.Full pool, WorkReach reach) {
        for (long work : pool.works().subList(0, Math.min(pool.works().size(), MOST_WORKS))) {
            for (long key : reach.of(work)) {
                workersBehind.computeIfAbsent(key, k -> new LinkedHashSet<>()).addAll(pool.workers());
                if (pool.doubt() != null) {
                    doubts.put(key, pool.doubt());
                }
                if (isOfClient(work)) {
                    answers.add(key);
                }
            }
        }
    }

    private void lookFarBehind(FullPools.Full pool, WorkReach reach) {
        for (long key : reach.of(pool.works())) {
            workersFarBehind.computeIfAbsent(key, k -> new LinkedHashSet<>()).addAll(pool.workers());
            if (pool.doubt() != null) {
                doubts.put(key, pool.doubt());
            }
        }
    }

    private boolean isOfClient(long work) {
        HeapClass type = heap.classOf(work);
        return type != null && type.name().startsWith(CLIENT_WORK);
    }

    /** Thread objects of the workers who alone could run what gives it; empty if no queued work does. */
    List<Long> workersBehind(Awaited awaited) {
        List<Long> near = workers(workersBehind, awaited);
        return near.isEmpty() && isCertain(awaited) ? workers(workersFarBehind, awaited) : near;
    }

    private static List<Long> workers(Map<Long, Set<Long>> behind, Awaited awaited) {
        return awaited.keys().stream()
                .flatMap(key -> behind.getOrDefault(key, Set.of()).stream())
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
        long thread = awaited.thread().objectId();
        return stuck != null && asked.getOrDefault(thread, 0L) == awaited.objectId() && stuck.isStuck(thread);
    }

    /** Whether it is a future of the client of java.net.http, which nobody brings nearer but who runs the client's work. */
    boolean isAnswer(Awaited awaited) {
        return heap.isA(awaited.objectId(), CLIENT_FUTURE) && answers.contains(awaited.objectId());
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
}
