package dev.asyncinspect.agent.jdk;

import dev.asyncinspect.core.rows.Relation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.SynchronousQueue;
import org.jspecify.annotations.Nullable;

/** Tells in which full queue a thread waits for room, and which threads lead to that queue, by which field. */
final class RoomReader {

    /*
     * Who puts into a full queue parks at a condition, which knows its lock and not its queue. So the queue is looked for where
     * threads come from: in the fields of the thread and of what it was told to run, a few steps far, and in pools. Which of those
     * threads takes from it no object says; the code in which they stand does, and for that it has to be known by which field each
     * of them leads to it:
     *
     *   Worker (a thread) ── this$0 ──► Log ── lines ──► ArrayBlockingQueue ── notFull ──► what the writers park at
     *                                       └── "Log.lines", 1 step
     *
     * What a task of a pool has at hand is on its stack alone, and not found. Only while somebody waits for room is anything looked
     * at; queues that share a field with an awaited one are told as well, for they are what else the code may take from.
     */

    private static final String JUC = "java.util.concurrent.";
    /** What waits for room in a queue without a timeout. */
    private static final Map<String, Set<String>> PUT = Map.of(
            JUC + "ArrayBlockingQueue", Set.of("put"),
            JUC + "LinkedBlockingQueue", Set.of("put"),
            JUC + "LinkedBlockingDeque", Set.of("put", "putFirst", "putLast"),
            JUC + "LinkedTransferQueue", Set.of("transfer"),
            JUC + "SynchronousQueue", Set.of("put"));

    private static final int MOST_STEPS = 3;
    private static final int MOST_STEPS_OF_WORK = 6;
    private static final int MOST_WORKS = 200;

    private final Threads threads;
    private final NearObjects near;
    private final FieldReader ofArray;
    private final FieldReader ofLinked;
    private final FieldReader ofDeque;
    private final FieldReader ofHandover;

    /** That this thread, or each of these workers, leads to this queue by the field of this name. */
    private record Way(List<Thread> threads, NearObjects.Near queue) {}

    RoomReader(JdkDoor door, Threads threads, ObjectFields fields) {
        this.threads = threads;
        near = new NearObjects(fields, RoomReader::isQueue);
        ofArray = door.field(JUC + "ArrayBlockingQueue", "notFull");
        ofLinked = door.field(JUC + "LinkedBlockingQueue", "notFull");
        ofDeque = door.field(JUC + "LinkedBlockingDeque", "notFull");
        ofHandover = door.field(JUC + "SynchronousQueue", "transferer");
    }

    /** Whether who stands here is about to put something into a queue, and waits until it can. */
    static boolean isPutting(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (PUT.getOrDefault(frame.getClassName(), Set.of()).contains(frame.getMethodName())) {
                return true;
            }
            if (!frame.getClassName().startsWith("java.")
                    && !frame.getClassName().startsWith("jdk.")) {
                return false;
            }
        }
        return false;
    }

    /** Tells that this pool takes its work from this queue, if somebody waits for room in it. */
    void ofPool(Object pool, @Nullable Object queue, Sample sample) {
        if (queue != null && sample.isRoom(signal(queue))) {
            sample.link(pool, Relation.QUEUE, queue);
            room(queue, sample);
        }
    }

    /** Looks for the queues in which threads wait for room. */
    void read(List<Thread> all, Sample sample) {
        if (!sample.hasRooms()) {
            return;
        }
        near.begin();
        List<Way> ways = new ArrayList<>();
        for (Thread thread : all) {
            Object task = threads.task(thread);
            near.of(thread, task, MOST_STEPS).forEach(queue -> ways.add(new Way(List.of(thread), queue)));
        }
        sample.backlogs((workers, works) -> works.stream()
                .limit(MOST_WORKS)
                .flatMap(work -> near.of(null, work, MOST_STEPS_OF_WORK).stream())
                .forEach(queue -> ways.add(new Way(workers, queue))));
        tell(ways, sample);
        if (near.isWhole()) {
            sample.allWaysToRooms();
        } else {
            sample.notSeen(
                    "who takes from full queues", "more objects than one sample looks at, or hidden by this JDK");
        }
    }

    private void tell(List<Way> ways, Sample sample) {
        Set<String> fields = new HashSet<>();
        for (Way way : ways) {
            if (sample.isRoom(signal(way.queue().object()))) {
                fields.add(way.queue().field());
            }
        }
        for (Way way : ways) {
            Object queue = way.queue().object();
            if (fields.contains(way.queue().field())) {
                room(queue, sample);
                sample.way(
                        way.threads().stream().map(threads::id).toList(),
                        way.queue().field(),
                        queue,
                        way.queue().steps());
            }
        }
    }

    private void room(Object queue, Sample sample) {
        Object signal = signal(queue);
        if (signal != null && sample.isRoom(signal)) {
            sample.link(signal, Relation.ROOM, queue);
        }
    }

    private static boolean isQueue(Object object) {
        return object instanceof ArrayBlockingQueue<?>
                || object instanceof LinkedBlockingQueue<?>
                || object instanceof LinkedBlockingDeque<?>
                || object instanceof SynchronousQueue<?>
                || object instanceof LinkedTransferQueue<?>;
    }

    /** What those park at who wait for room in it; null if it is none of these queues. */
    private @Nullable Object signal(Object queue) {
        return queue instanceof ArrayBlockingQueue<?>
                ? ofArray.get(queue)
                : queue instanceof LinkedBlockingQueue<?>
                        ? ofLinked.get(queue)
                        : queue instanceof LinkedBlockingDeque<?>
                                ? ofDeque.get(queue)
                                : queue instanceof SynchronousQueue<?>
                                        ? ofHandover.get(queue)
                                        : queue instanceof LinkedTransferQueue<?> ? queue : null;
    }
}
