package dev.asyncinspect.sources;

import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapClass;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which stages of a heap wait for which: those that are made of one {@code CompletableFuture}, and of these again. */
final class HeapStages {

    /*
     *   source ──stack──► UniCompose ──dep──► stage ──stack──► UniRelay ──dep──► stage …
     *                     │ next
     *                     ▼
     *                     CoCompletion ──base──► BiApply ──dep──► stage
     *
     * A stage that needs only one of several (anyOf, applyToEither) can be complete without this one. So can one with a timeout
     * (orTimeout, completeOnTimeout), which lies on its stack as a Canceller.
     */

    static final String FUTURE = "java.util.concurrent.CompletableFuture";
    static final String COMPLETION = FUTURE + "$Completion";

    private static final int MOST = 10_000;

    private final Heap heap;

    HeapStages(Heap heap) {
        this.heap = heap;
    }

    /** This future and the stages that cannot be complete before it, in the order of their distance. */
    List<Long> withDependents(long future) {
        List<Long> found = new ArrayList<>();
        Set<Long> seen = new HashSet<>(Set.of(future));
        Deque<Long> open = new ArrayDeque<>(seen);
        while (!open.isEmpty() && found.size() < MOST) {
            long stage = open.remove();
            if (!hasTimeout(stage)) {
                found.add(stage);
                for (long dependent : dependents(stage)) {
                    if (seen.add(dependent)) {
                        open.add(dependent);
                    }
                }
            }
        }
        return found;
    }

    /** Whether it completes by itself one day. */
    boolean hasTimeout(long future) {
        return stack(future).stream().anyMatch(node -> heap.isA(heap.reference(node, "fn"), FUTURE + "$Canceller"));
    }

    private List<Long> dependents(long future) {
        List<Long> found = new ArrayList<>();
        for (long node : stack(future)) {
            long completion = heap.has(node, "base") ? heap.reference(node, "base") : node;
            long stage = needsAll(completion) ? heap.reference(completion, "dep") : 0;
            if (stage != 0) {
                found.add(stage);
            }
        }
        return found;
    }

    private boolean needsAll(long completion) {
        HeapClass type = heap.classOf(completion);
        return type != null
                && !type.name().startsWith(FUTURE + "$Or")
                && !type.name().equals(FUTURE + "$AnyOf");
    }

    private List<Long> stack(long future) {
        List<Long> nodes = new ArrayList<>();
        long node = heap.isA(future, FUTURE) ? heap.reference(future, "stack") : 0;
        while (node != 0 && nodes.size() < MOST) {
            nodes.add(node);
            node = heap.reference(node, "next");
        }
        return nodes;
    }
}
