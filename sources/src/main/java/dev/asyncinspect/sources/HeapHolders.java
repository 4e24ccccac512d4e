package dev.asyncinspect.sources;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.StackTrace;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskState;
import dev.asyncinspect.sources.heap.Awaited;
import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.StuckThreads;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who holds what the threads of a heap wait for, or is left that could give it. */
final class HeapHolders {

    private static final Fact<Frame> NO_SITE = Fact.unknown("a heap dump does not tell");

    private final Heap heap;
    private final HeapPeople people;
    private final StuckThreads stuck;
    private final @Nullable HeapCompleters completers;
    private final @Nullable HeapStarvation starvation;
    private final @Nullable Map<Long, List<Long>> reachers;
    private final @Nullable String doubt;
    /** The same where the queues of full pools are closed. */
    private final @Nullable String doubtOfQueues;

    private final Set<Long> living = new HashSet<>();
    private final Map<Long, Task> ended = new LinkedHashMap<>();

    /**
     * Looks for them.
     *
     * @param completers who is about to complete which future; null if the stacks do not tell
     * @param starvation who waits for what only queued work could give; null if the stacks do not tell
     */
    HeapHolders(
            Heap heap,
            HeapPeople people,
            StuckThreads stuck,
            CompiledMethods compiled,
            @Nullable HeapCompleters completers,
            @Nullable HeapStarvation starvation) {
        this.heap = heap;
        this.completers = completers;
        this.starvation = starvation;
        this.people = people;
        this.stuck = stuck;
        reachers = stuck.reachers();
        heap.threads().forEach(thread -> living.add(thread.objectId()));
        doubt = HeapDoubt.of(heap, people, stuck, compiled);
        StuckThreads behindQueues = starvation == null ? null : starvation.stuck();
        doubtOfQueues = behindQueues == null ? doubt : HeapDoubt.of(heap, people, behindQueues, compiled);
    }

    /** Who has it. */
    Fact<List<Hold>> of(Awaited awaited) {
        if (awaited.ownerId() != 0) {
            boolean joins = awaited.ownerId() == awaited.objectId() || HeapPoolEnds.isPool(heap, awaited.objectId());
            return Fact.observed(List.of(hold(awaited.ownerId(), joins ? AccessMode.RUNS : AccessMode.EXCLUSIVE)));
        }
        List<Long> consumers = starvation == null ? null : starvation.consumers(awaited);
        if (consumers != null) {
            return ofRoom(awaited, consumers);
        }
        HeapCompleters.Completers known = completers == null ? null : completers.of(awaited.objectId());
        List<Hold> completing = known == null
                ? List.of()
                : known.threads().stream()
                        .map(thread -> hold(thread, known.mode()))
                        .toList();
        List<Long> behind = known == null && starvation != null ? starvation.workersBehind(awaited) : List.of();
        if (!behind.isEmpty()) {
            return behindQueue(awaited, behind);
        }
        if (!stuck.isStuck(awaited.thread().objectId())) {
            if (known != null) {
                return known.doubt() == null ? Fact.observed(completing) : Fact.inferred(completing, known.doubt());
            }
            return starvation != null && starvation.isCertain(awaited)
                    ? besideClosedQueues(awaited, starvation)
                    : Fact.unknown("something that can still run reaches it");
        }
        if (known != null && known.threads().stream().allMatch(stuck::isStuck)) {
            return asSureAsTheHeap(completing);
        }
        if (reachers == null) {
            return Fact.unknown("only threads that are stuck reach it; too many to tell which");
        }
        return asSureAsTheHeap(reachers.getOrDefault(awaited.objectId(), List.of()).stream()
                .map(thread -> hold(thread, AccessMode.REACHES))
                .toList());
    }

    /** Who takes from a full queue is about to empty it. */
    private Fact<List<Hold>> ofRoom(Awaited awaited, List<Long> consumers) {
        List<Hold> holds = consumers.stream()
                .map(consumer -> hold(consumer, AccessMode.RUNS))
                .toList();
        if (stuck.isStuck(awaited.thread().objectId())) {
            return asSureAsTheHeap(holds);
        }
        String others = starvation == null || !starvation.isCertain(awaited) ? null : starvation.doubtOfAll();
        return others == null
                ? Fact.unknown("somebody who can still run may take from the queue")
                : Fact.inferred(holds, others);
    }

    /** Somebody waits for what only those reach who wait for work in closed queues, or for room in them. */
    private Fact<List<Hold>> besideClosedQueues(Awaited awaited, HeapStarvation asked) {
        List<Hold> holds = asked.reachers(awaited).stream()
                .map(thread -> hold(thread, AccessMode.REACHES))
                .toList();
        String others = asked.doubtOfAll();
        String unsure = others == null ? doubtOfQueues : others;
        return holds.isEmpty()
                ? Fact.unknown("something that can still run reaches it")
                : unsure == null ? Fact.observed(holds) : Fact.inferred(holds, unsure);
    }

    private Fact<List<Hold>> behindQueue(Awaited awaited, List<Long> workers) {
        List<Hold> holds = workers.stream()
                .map(worker -> hold(worker, AccessMode.WILL_RUN))
                .toList();
        if (stuck.isStuck(awaited.thread().objectId())) {
            return asSureAsTheHeap(holds); // nobody else reaches it, by whatever way
        }
        if (starvation != null && starvation.isAnswer(awaited)) {
            return Fact.inferred(
                    holds,
                    "its HttpClient hands each step of the answer to that pool, but whoever has the future could complete"
                            + " it as well");
        }
        if (starvation == null || !starvation.isCertain(awaited)) {
            return Fact.inferred(
                    holds,
                    "work in the queue of a pool refers to it, but something that can still run reaches it as well");
        }
        String others = starvation.doubt(awaited);
        if (others != null) {
            return Fact.inferred(holds, others);
        }
        return awaited.keys().contains(awaited.objectId())
                ? doubtOfQueues == null ? Fact.observed(holds) : Fact.inferred(holds, doubtOfQueues)
                : Fact.inferred(
                        holds, "what the operating system keeps between the two ends of a connection no heap shows");
    }

    /** Threads that have ended and still own something, by their numbers. */
    Map<Long, Task> ended() {
        return ended;
    }

    private Hold hold(long thread, AccessMode mode) {
        long id = people.id(thread);
        if (!living.contains(thread)) {
            ended.put(id, people.task(thread, TaskState.COMPLETED, StackTrace.EMPTY, null));
        }
        return new Hold(id, mode, NO_SITE);
    }

    private Fact<List<Hold>> asSureAsTheHeap(List<Hold> holds) {
        return doubt == null ? Fact.observed(holds) : Fact.inferred(holds, doubt);
    }
}
