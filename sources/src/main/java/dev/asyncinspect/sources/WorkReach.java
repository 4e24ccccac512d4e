package dev.asyncinspect.sources;

import dev.asyncinspect.sources.heap.Heap;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What of a few wanted objects is near an object, such as a piece of work in the queue of a pool. */
final class WorkReach {

    /*
     * Near is what a few references lead to. From a future to the stages that hang on it is no way at all: who completes the first
     * completes them, and a chain of them is long (an answer of java.net.http has some fifteen, two references each). What leads to
     * half the program is not gone into.
     *
     * Operators of reactive libraries are chains as well, which no class tells from anything else. Where it is known otherwise that
     * only queued work can give something, it may be far: then the question is only which queue it lies in.
     */

    private static final int MOST_STEPS = 12;
    private static final int MOST_OBJECTS = 1_000;
    private static final int FAR_STEPS = 500;
    private static final int FAR_OBJECTS = 100_000;
    private static final List<String> NOT_INTO = List.of(
            "java.lang.Thread",
            "java.lang.ClassLoader",
            "java.util.concurrent.ThreadPoolExecutor",
            "java.util.concurrent.ForkJoinPool",
            "java.util.Timer",
            HeapHttpCalls.CLIENT);

    private final Heap heap;
    private final HeapStages stages;
    private final Set<Long> wanted;
    private final int steps;
    private final int objects;

    /** Of these objects. */
    WorkReach(Heap heap, Set<Long> wanted) {
        this(heap, wanted, MOST_STEPS);
    }

    /** Of these objects, so many references away at most. */
    WorkReach(Heap heap, Set<Long> wanted, int steps) {
        this(heap, wanted, steps, MOST_OBJECTS);
    }

    private WorkReach(Heap heap, Set<Long> wanted, int steps, int objects) {
        this.heap = heap;
        this.steps = steps;
        this.objects = objects;
        this.wanted = wanted;
        this.stages = new HeapStages(heap);
    }

    /** Of these objects, wherever they are. */
    static WorkReach far(Heap heap, Set<Long> wanted) {
        return new WorkReach(heap, wanted, FAR_STEPS, FAR_OBJECTS);
    }

    /** What of them this object refers to. */
    Set<Long> of(long from) {
        return of(List.of(from));
    }

    /** What of them these objects refer to, all of them together. */
    Set<Long> of(List<Long> from) {
        Set<Long> found = new LinkedHashSet<>();
        Set<Long> seen = new HashSet<>(from);
        Set<Long> followed = new HashSet<>();
        Deque<Long> open = new ArrayDeque<>(seen);
        for (int step = 0; step < steps && !open.isEmpty(); step++) {
            Deque<Long> further = new ArrayDeque<>();
            while (!open.isEmpty()) {
                long object = open.remove();
                if (wanted.contains(object)) {
                    found.add(object);
                } else if (NOT_INTO.stream().noneMatch(type -> heap.isA(object, type))) {
                    dependents(object, followed).forEach(stage -> {
                        if (seen.add(stage)) {
                            open.add(stage);
                        }
                    });
                    heap.references(object, reference -> {
                        if (seen.size() < objects && seen.add(reference)) {
                            further.add(reference);
                        }
                    });
                }
            }
            open.addAll(further);
        }
        return found;
    }

    private List<Long> dependents(long object, Set<Long> followed) {
        if (!heap.isA(object, HeapStages.FUTURE) || followed.contains(object)) {
            return List.of();
        }
        List<Long> found = stages.withDependents(object);
        followed.addAll(found);
        return found;
    }
}
