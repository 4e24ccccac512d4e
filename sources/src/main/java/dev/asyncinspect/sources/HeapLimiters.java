package dev.asyncinspect.sources;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapThread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The queues of executors that are no pools: they keep their own work, and run it from a task that they hand to a pool. */
final class HeapLimiters {

    /*
     * No class of the JDK tells them. What gives one away is its runner: a thread that stands in a method of an object, or of
     * a class nested in that object's class, which runs something, while the object has a queue in a field. It runs something if
     * it has called a method that is named so, a lambda of another class, or, where the thread does nothing but that (nobody but
     * the JDK has called it), any method of another class:
     *
     *   FutureTask.get                               waits for work that ...
     *   Orders.load
     *   FutureTask.run
     *   SequentialExecutor$QueueWorker.workOnQueue   this.this$0 ──► SequentialExecutor ──queue──► ... lies here
     *   ThreadPoolExecutor.runWorker
     *
     * A thread that merely stands in such a method to hand in work and wait for it runs nothing there. Once a queue is known,
     * whoever may take from it counts:
     *
     *   - a thread that has the queue in hand, such as an idle consumer;
     *   - a thread that runs something from a method from which the queue is near;
     *   - a thread that has a runner in hand and has not begun with it: the JDK's code alone is on its stack;
     *   - a worker of a pool in whose queue a runner lies.
     *
     * Too many of them hide a starvation, they never make one up. Somebody else may still have the queue: so this is never
     * certain.
     */

    private static final Set<String> RUN = Set.of("run", "call", "exec", "accept", "tryFire");
    private static final int NEAR = 2;
    private static final int BEHIND_WORK = 4;

    private final Heap heap;
    private final NearQueues near;
    private final Map<Long, Set<Long>> takersOf = new LinkedHashMap<>();

    HeapLimiters(Heap heap, HeapPools pools, HeapQueues queues) {
        this.heap = heap;
        near = new NearQueues(heap, queues);
        heap.threads().forEach(this::isRunner);
        if (!takersOf.isEmpty()) {
            heap.threads().forEach(this::mayTake);
            pools.workers().forEach((pool, workers) -> {
                for (long work : queues.of(pool)) {
                    near.of(work, BEHIND_WORK).forEach(queue -> takes(queue, workers));
                }
            });
        }
    }

    /** Thread objects of those who may take work from each queue. */
    Map<Long, Set<Long>> takers() {
        return takersOf;
    }

    private void isRunner(HeapThread thread) {
        for (int depth = 1; depth < thread.frames().size(); depth++) {
            if (runsSomething(thread, depth)) {
                String className = thread.frames().get(depth).className();
                for (long local : thread.locals().getOrDefault(depth, List.of())) {
                    if (heap.isA(local, className) && !near.isPool(local)) {
                        List<Long> own = new ArrayList<>(near.of(local, 1));
                        own.addAll(near.of(heap.reference(local, "this$0"), 1));
                        own.forEach(queue -> takersOf.computeIfAbsent(queue, q -> new LinkedHashSet<>())
                                .add(thread.objectId()));
                    }
                }
            }
        }
    }

    private void mayTake(HeapThread thread) {
        List<Long> itself = List.of(thread.objectId());
        boolean begins = thread.frames().stream().allMatch(frame -> frame.isJdk() || frame.isHidden());
        thread.locals().forEach((depth, locals) -> {
            int hops = begins ? BEHIND_WORK : runsSomething(thread, depth) ? NEAR : 0;
            for (long local : locals) {
                near.of(local, hops).forEach(queue -> takes(queue, itself));
            }
        });
    }

    private void takes(long queue, List<Long> threads) {
        Set<Long> known = takersOf.get(queue);
        if (known != null) {
            known.addAll(threads);
        }
    }

    /** Whether a method of the program stands here, and what it has called runs a piece of work. */
    private static boolean runsSomething(HeapThread thread, int depth) {
        if (depth < 1 || thread.frames().get(depth).isJdk()) {
            return false;
        }
        Frame called = thread.frames().get(depth - 1);
        if (called.isHidden() || RUN.contains(called.method())) {
            return true;
        }
        String own = outermost(thread.frames().get(depth));
        boolean elsewhere = !called.isJdk() && !outermost(called).equals(own);
        return elsewhere && (called.method().startsWith("lambda$") || isLoopOf(own, thread, depth));
    }

    /** Whether nobody but the JDK has called what stands here of this class. */
    private static boolean isLoopOf(String className, HeapThread thread, int depth) {
        return thread.frames().stream()
                .skip(depth)
                .allMatch(frame ->
                        frame.isJdk() || frame.isHidden() || outermost(frame).equals(className));
    }

    private static String outermost(Frame frame) {
        String name = frame.className();
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }
}
