package dev.asyncinspect.sources;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.sources.heap.Awaited;
import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapThread;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who waits at a pipe of {@code java.io}, to write into a full one or to read from an empty one. */
final class HeapPipes {

    /*
     * Such a thread waits for a second, looks, and waits again: its timeout ends nothing. It goes on when the pipe is no longer full or
     * empty, is closed, or the thread at the other end has ended; that is looked at here, so what a heap shows of it is how things are.
     *
     *   in == out   full        in < 0   empty        readSide, writeSide   who read and who wrote last; null if nobody has
     */

    private static final String IN = "java.io.PipedInputStream";
    private static final String READER = "java.io.PipedReader";
    private static final Map<String, Set<String>> WAIT =
            Map.of(IN, Set.of("awaitSpace", "read"), READER, Set.of("receive", "read"));
    /** Waits in Object.wait, with a timeout. */
    private static final int IN_TIMED_WAIT_SET = 0x120;

    private final Heap heap;
    private final HeapPeople people;
    private final int virtualWaits;

    HeapPipes(Heap heap) {
        this.heap = heap;
        people = new HeapPeople(heap, List.of(), List.of());
        virtualWaits = heap.staticInt("java.lang.VirtualThread", "TIMED_WAIT", -1);
    }

    static boolean isPipe(Heap heap, long object) {
        return heap.isA(object, IN) || heap.isA(object, READER);
    }

    /** Whether a pipe has no room. */
    static boolean isFull(Heap heap, long pipe) {
        return heap.has(pipe, "in")
                && heap.number(pipe, "in") >= 0
                && heap.number(pipe, "in") == heap.number(pipe, "out");
    }

    /** The pipe at which this thread waits and would wait for ever if nobody else did anything; null if it does not. */
    @Nullable
    Awaited of(HeapThread thread) {
        long pipe = waitsIn(thread.objectId()) ? pipe(thread) : 0;
        if (pipe == 0 || heap.number(pipe, "closedByWriter") != 0 || heap.number(pipe, "closedByReader") != 0) {
            return null;
        }
        boolean full = isFull(heap, pipe);
        boolean empty = heap.has(pipe, "in") && (int) heap.number(pipe, "in") < 0;
        long other = heap.reference(pipe, full ? "readSide" : "writeSide");
        return (full || empty) && (other == 0 || !people.hasEnded(other)) ? new Awaited(thread, pipe, 0) : null;
    }

    private boolean waitsIn(long thread) {
        return heap.isA(thread, "java.lang.VirtualThread")
                ? heap.number(thread, "state") == virtualWaits
                : (heap.number(HeapPeople.holder(heap, thread), "threadStatus") & IN_TIMED_WAIT_SET)
                        == IN_TIMED_WAIT_SET;
    }

    private long pipe(HeapThread thread) {
        for (int depth = 0; depth < thread.frames().size(); depth++) {
            Frame frame = thread.frames().get(depth);
            if (WAIT.getOrDefault(frame.className(), Set.of()).contains(frame.method())) {
                return thread.locals().getOrDefault(depth, List.of()).stream()
                        .filter(local -> heap.isA(local, frame.className()))
                        .findFirst()
                        .orElse(0L);
            }
            if (!frame.className().equals("java.lang.Object")) {
                return 0;
            }
        }
        return 0;
    }
}
