package dev.asyncinspect.sources;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.sources.heap.Awaited;
import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapThread;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who waits for room in a full queue of a heap, and who takes from it. */
final class HeapRooms {

    /*
     *   ArrayBlockingQueue.put         waits for room in ...
     *   AsyncAppenderBase.append
     *   ...
     *   AsyncAppenderBase$Worker.run   ... the queue from which this method takes
     *
     * A consumer is whoever stands in a method of the program that takes from the queue (QueueCalls), the workers of a full
     * pool whose queue it is, and the last who has read from a pipe. Whoever else may be about to take counts as well, though it is not said of him:
     *
     *   - a thread that has the queue within two steps, and does not wait for room there itself;
     *   - a thread that has begun with nothing yet, and has it within four; a pipe, through its wrappers, counts so for all;
     *   - the workers of a pool in whose queue work lies from which it is near;
     *   - a thread that stands in a class which has another method that takes, if it is a static field that has the queue.
     *
     * Somebody else may still come by and take: that is never certain, unless nothing that can still run reaches the queue.
     */

    private static final int NEAR = 2;
    private static final int BEHIND_WORK = 4;
    private static final int MOST_WORKS = 1_000;

    /**
     * A queue in which somebody waits for room.
     *
     * @param consumers thread objects of those who are known to take from it
     * @param takers the same, and of whoever else may be about to
     */
    record Room(long queue, Set<Long> consumers, Set<Long> takers) {}

    private final Heap heap;
    private final NearQueues near;
    private final QueueCalls calls;
    private final Map<Long, Set<Long>> nearThings = new HashMap<>();
    private final Map<Long, Set<Long>> nearWork = new HashMap<>();
    private final Map<Long, Long> queueOf = new HashMap<>();
    private final Map<Long, Long> queueOfThread = new HashMap<>();
    private final Map<Long, Room> rooms = new LinkedHashMap<>();

    HeapRooms(Heap heap, HeapPools pools, HeapQueues queues, QueueCalls calls, Collection<Awaited> waits) {
        this.heap = heap;
        this.calls = calls;
        near = new NearQueues(heap, queues);
        for (Awaited wait : waits) {
            boolean pipe = HeapPipes.isPipe(heap, wait.objectId()) && HeapPipes.isFull(heap, wait.objectId());
            long queue = pipe ? wait.objectId() : wait.ownerId() == 0 ? putInto(wait.thread()) : 0;
            if (queue != 0) {
                queueOf.put(wait.objectId(), queue);
                queueOfThread.put(wait.thread().objectId(), queue);
            }
        }
        if (!queueOf.isEmpty()) {
            Set<String> takingMethods = new HashSet<>();
            heap.threads().forEach(thread -> consumes(thread, takingMethods));
            ofPools(pools);
            queueOf.values().forEach(this::ofPipe);
            heap.threads().forEach(thread -> mayTake(thread, takingMethods));
            inQueues(pools, queues);
        }
    }

    /** The queue in which there is room when this is signalled; null if it is something else. */
    @Nullable
    Long queueOf(long awaited) {
        return queueOf.get(awaited);
    }

    /** The room that is awaited in this way; null if it is something else, or nobody is known to take from that queue. */
    @Nullable
    Room of(long awaited) {
        Long queue = queueOf.get(awaited);
        return queue == null ? null : rooms.get(queue);
    }

    /** All of them, from whose queues somebody is known to take. */
    Collection<Room> all() {
        return rooms.values();
    }

    /** The full queue into which this thread is about to put something, 0 if it is not. */
    private long putInto(HeapThread thread) {
        long found = 0;
        for (int depth = 0; depth < thread.frames().size(); depth++) {
            Frame frame = thread.frames().get(depth);
            if (!frame.isJdk()) {
                break;
            }
            if (FullQueues.puts(frame)) {
                found = thread.locals().getOrDefault(depth, List.of()).stream()
                        .filter(local -> heap.isA(local, frame.className()))
                        .findFirst()
                        .orElse(0L);
            }
        }
        return found;
    }

    private void consumes(HeapThread thread, Set<String> takingMethods) {
        for (int depth = 0; depth < thread.frames().size(); depth++) {
            for (long queue : calls.takenAt(thread, depth)) {
                if (queueOf.containsValue(queue)) {
                    isConsumer(queue, List.of(thread.objectId()));
                    Frame frame = thread.frames().get(depth);
                    takingMethods.add(frame.className() + "." + frame.method());
                }
            }
        }
    }

    private void ofPools(HeapPools pools) {
        HeapFullness fullness = new HeapFullness(heap, pools.foreign());
        pools.workers().forEach((pool, workers) -> {
            long queue = heap.reference(pool, "workQueue");
            if (queueOf.containsValue(queue) && fullness.isFull(pool, workers.size())) {
                isConsumer(queue, workers);
            }
        });
    }

    private void ofPipe(long queue) {
        long reader = HeapPipes.isPipe(heap, queue) ? heap.reference(queue, "readSide") : 0;
        if (reader != 0) {
            isConsumer(queue, List.of(reader));
        }
    }

    private void isConsumer(long queue, List<Long> threads) {
        Room room = rooms.computeIfAbsent(queue, q -> new Room(q, new LinkedHashSet<>(), new LinkedHashSet<>()));
        room.consumers().addAll(threads);
        room.takers().addAll(threads);
    }

    private void mayTake(HeapThread thread, Set<String> takingMethods) {
        long itself = thread.objectId();
        Set<Long> reached = new HashSet<>();
        boolean far = rooms.keySet().stream().anyMatch(queue -> HeapPipes.isPipe(heap, queue))
                || thread.frames().stream().allMatch(frame -> frame.isJdk() || frame.isHidden());
        Map<Long, Set<Long>> known = far ? nearWork : nearThings;
        thread.locals().values().stream()
                .flatMap(List::stream)
                .distinct()
                .forEach(local ->
                        reached.addAll(known.computeIfAbsent(local, each -> near.of(each, far ? BEHIND_WORK : NEAR))));
        for (Room room : rooms.values()) {
            boolean puts = queueOfThread.getOrDefault(itself, 0L) == room.queue();
            if (!puts && (reached.contains(room.queue()) || comesBy(thread, room.queue(), takingMethods))) {
                room.takers().add(itself);
            }
        }
    }

    private boolean comesBy(HeapThread thread, long queue, Set<String> takingMethods) {
        return thread.frames().stream()
                .filter(frame -> !frame.isJdk() && !frame.isHidden())
                .anyMatch(frame -> !takingMethods.containsAll(calls.takersOfStatic(frame.className(), queue)));
    }

    private void inQueues(HeapPools pools, HeapQueues queues) {
        Map<Long, List<Long>> all = new HashMap<>(pools.workers());
        all.putAll(pools.timers());
        all.forEach((pool, workers) -> queues.of(pool).stream()
                .limit(MOST_WORKS)
                .flatMap(work -> near.of(work, BEHIND_WORK).stream())
                .distinct()
                .forEach(queue -> {
                    Room room = rooms.get(queue);
                    if (room != null) {
                        room.takers().addAll(workers);
                    }
                }));
    }
}
