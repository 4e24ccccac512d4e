package dev.asyncinspect.sources;

import dev.asyncinspect.sources.heap.Awaited;
import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapThread;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which threads of a heap wait in Kotlin's {@code runBlocking} for what nothing of their own can bring. */
final class HeapCoroutines {

    /*
     * runBlocking parks for the longest time there is, or until the next delayed task of its own event loop is due, so such a
     * thread looks as if it waited for a time. It does not if the loop has nothing queued and nothing delayed. The states of a
     * coroutine that has not ended are objects of the library; what it has ended with is anything else. One without children
     * has a state that refers to nothing, of which the heap keeps no index.
     */

    private static final String LIBRARY = "kotlinx.coroutines.";
    private static final String LOOP = LIBRARY + "EventLoopImplBase";
    private static final int PARKED = 0x200;

    private HeapCoroutines() {}

    /** What this thread waits for; null if it is no such wait. */
    static @Nullable Awaited awaited(Heap heap, HeapThread thread) {
        long coroutine = heap.reference(thread.objectId(), "parkBlocker");
        boolean parked = (heap.number(HeapPeople.holder(heap, thread.objectId()), "threadStatus") & PARKED) != 0;
        boolean waits = parked && heap.isA(coroutine, WaitKinds.RUN_BLOCKING) && isPending(heap, coroutine);
        long loop = waits ? heap.reference(coroutine, "eventLoop") : 0;
        return waits && (loop == 0 || isIdle(heap, loop)) ? new Awaited(thread, coroutine, 0) : null;
    }

    private static boolean isPending(Heap heap, long coroutine) {
        long object = atomic(heap, coroutine, "_state");
        String state = heap.classNames(List.of(object)).getOrDefault(object, "");
        return state.startsWith(LIBRARY)
                && !state.startsWith(LIBRARY + "Completed")
                && !state.startsWith(LIBRARY + "Cancelled")
                && !state.startsWith(LIBRARY + "IncompleteStateBox");
    }

    private static boolean isIdle(Heap heap, long loop) {
        long queue = atomic(heap, loop, "_queue");
        long delayed = atomic(heap, loop, "_delayed");
        return heap.isA(loop, LOOP) && isEmpty(heap, queue) && (delayed == 0 || isZero(heap, delayed));
    }

    /** Nothing at first, then one task, then a queue of them. */
    private static boolean isEmpty(Heap heap, long queue) {
        return queue == 0
                || (heap.has(queue, "array")
                        && heap.elements(heap.reference(heap.reference(queue, "array"), "array"))
                                .isEmpty());
    }

    private static boolean isZero(Heap heap, long delayed) {
        String size = heap.has(delayed, "_size$volatile") ? "_size$volatile" : "_size";
        return heap.has(delayed, size) && heap.number(delayed, size) == 0;
    }

    /** Kotlin's compiler gives atomic fields another name from one version on. */
    private static long atomic(Heap heap, long object, String name) {
        return heap.has(object, name + "$volatile")
                ? heap.reference(object, name + "$volatile")
                : heap.reference(object, name);
    }
}
