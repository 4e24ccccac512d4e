package dev.asyncinspect.sources;

import dev.asyncinspect.model.Gap;
import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapThread;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a heap dump does not hold. */
final class HeapCompleteness {

    /*
     * The dumps of JDK 21 hold virtual threads as objects, but not what is on their stacks. Whatever one of them knows would
     * look as if nobody knew it, so nothing can be concluded from who reaches what.
     */

    private final long hidden;
    private final boolean hasVirtualThreads;

    HeapCompleteness(Heap heap) {
        hidden = hiddenVirtualThreads(heap);
        hasVirtualThreads =
                heap.threads().stream().anyMatch(thread -> heap.isA(thread.objectId(), "java.lang.BaseVirtualThread"));
    }

    /** Whether it tells what is on the stack of every thread that has begun and not ended. */
    boolean showsAllStacks() {
        return hidden == 0;
    }

    /**
     * What is not told.
     *
     * @param monitors whether text dumps tell of the monitors of platform threads
     * @param pools what kept us from reading pools
     */
    List<Gap> gaps(boolean monitors, Collection<String> pools) {
        List<Gap> gaps = new ArrayList<>();
        if (hidden > 0) {
            gaps.add(new Gap(
                    "the stacks of " + hidden + " virtual threads",
                    "heap dumps of this JDK leave them out, so nothing is proven from who reaches what"));
        }
        for (String pool : pools) {
            gaps.add(new Gap("a pool", "this version keeps it in another way: " + pool));
        }
        if (!monitors) {
            gaps.add(new Gap("monitors", "a heap dump does not say who is in them; a text dump does"));
        } else if (hasVirtualThreads) {
            gaps.add(new Gap("monitors of virtual threads that are not mounted", "neither dump says who is in them"));
        }
        return gaps;
    }

    private static long hiddenVirtualThreads(Heap heap) {
        Set<Long> shown = new HashSet<>();
        for (HeapThread thread : heap.threads()) {
            shown.add(thread.objectId());
        }
        int begun = heap.staticInt("java.lang.VirtualThread", "NEW", 0);
        int ended = heap.staticInt("java.lang.VirtualThread", "TERMINATED", 99);
        return heap.instancesOf("java.lang.VirtualThread").stream()
                .filter(thread -> !shown.contains(thread))
                .filter(thread -> {
                    long state = heap.number(thread, "state");
                    return state != begun && state != ended;
                })
                .count();
    }
}
