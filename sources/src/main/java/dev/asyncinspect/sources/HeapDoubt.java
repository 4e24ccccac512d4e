package dev.asyncinspect.sources;

import dev.asyncinspect.model.StackTrace;
import dev.asyncinspect.model.TaskState;
import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapThread;
import dev.asyncinspect.sources.heap.StuckThreads;
import org.jspecify.annotations.Nullable;

/** Whether somebody who can still run may have objects that a heap dump does not show. */
final class HeapDoubt {

    /*
     * Escape analysis keeps the fields of an object in registers and on the stack; HotSpot writes such an object to a heap
     * dump as null, and what only it refers to looks unreferenced. A thread that stands in compiled code of the program can
     * have one; those of the JDK's own loops, which only run it, hold what they run in plain sight.
     */

    private HeapDoubt() {}

    /** Who may have some, and why; null if nobody. */
    static @Nullable String of(Heap heap, HeapPeople people, StuckThreads stuck, CompiledMethods compiled) {
        return heap.threads().stream()
                .filter(thread -> mayHideObjects(thread, stuck, compiled))
                .findFirst()
                .map(thread -> people.task(thread.objectId(), TaskState.UNKNOWN, StackTrace.EMPTY, null)
                                .label()
                        + " has it in an object that the compiler has taken apart; heap dumps leave such"
                        + " objects out")
                .orElse(null);
    }

    private static boolean mayHideObjects(HeapThread thread, StuckThreads stuck, CompiledMethods compiled) {
        return !stuck.isStuck(thread.objectId())
                && compiled.mayBeOn(thread.frames())
                && thread.frames().stream().anyMatch(frame -> !frame.isJdk() && !frame.isHidden());
    }
}
