package dev.asyncinspect.sources;

import dev.asyncinspect.model.FailedWork;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapClass;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The futures of a heap that ended with a throwable, as far as somebody still has them. */
final class HeapFailures {

    /*
     * A periodic task that throws is never run again: its FutureTask leaves the queue, in a state that says so, and only the
     * ScheduledFuture that the program kept still shows it. It counts while its pool has workers.
     *
     * Of all other failures nobody knows whether somebody has seen them. They are told only where somebody waits for ever.
     */

    private static final String JUC = "java.util.concurrent.";
    private static final String FUTURE_TASK = JUC + "FutureTask";
    private static final String FUTURE = JUC + "CompletableFuture";
    private static final String WRAPPER = JUC + "CompletionException";
    private static final int EXCEPTIONAL = 3;
    private static final int MOST = 1_000;

    private record Failure(boolean periodic, long future, long throwable) {}

    private final Heap heap;

    HeapFailures(Heap heap) {
        this.heap = heap;
    }

    /**
     * Lists them, each kind of failure once.
     *
     * @param pools that have workers
     * @param all whether those count as well that are not periodic
     */
    List<FailedWork> list(HeapPools pools, boolean all) {
        Map<String, List<Long>> futures = all ? heap.instancesOf(Set.of(FUTURE_TASK, FUTURE)) : Map.of();
        List<Failure> failures = new ArrayList<>();
        for (long task : all ? futures.getOrDefault(FUTURE_TASK, List.of()) : pools.scheduled()) {
            long throwable = heap.reference(task, "outcome");
            if (heap.number(task, "state") == EXCEPTIONAL && throwable != 0) {
                boolean periodic =
                        heap.number(task, "period") != 0 && pools.workers().containsKey(heap.reference(task, "this$0"));
                if (periodic || all) {
                    failures.add(new Failure(periodic, task, throwable));
                }
            }
        }
        for (long future : futures.getOrDefault(FUTURE, List.of())) {
            long throwable = heap.reference(heap.reference(future, "result"), "ex");
            if (throwable != 0) {
                failures.add(new Failure(false, future, throwable));
            }
        }
        return described(failures.subList(0, Math.min(MOST, failures.size())));
    }

    private List<FailedWork> described(List<Failure> failures) {
        List<Long> texts = new ArrayList<>();
        failures.forEach(failure -> texts.add(heap.reference(cause(failure.throwable), "detailMessage")));
        Map<Long, String> messages =
                heap.texts(texts.stream().filter(text -> text != 0).toList());
        Set<FailedWork> described = new LinkedHashSet<>();
        for (Failure failure : failures) {
            long throwable = cause(failure.throwable);
            HeapClass future = heap.classOf(failure.future);
            HeapClass type = heap.classOf(throwable);
            if (future != null && type != null) {
                described.add(new FailedWork(
                        failure.periodic,
                        future.name(),
                        type.name(),
                        messages.get(heap.reference(throwable, "detailMessage")),
                        thrownIn(throwable)));
            }
        }
        return List.copyOf(described);
    }

    private long cause(long throwable) {
        long cause = heap.isA(throwable, WRAPPER) ? heap.reference(throwable, "cause") : 0;
        return cause == 0 ? throwable : cause;
    }

    /** HotSpot keeps the classes of the frames in an array of the backtrace, innermost first. */
    private @Nullable String thrownIn(long throwable) {
        for (long part : heap.elements(heap.reference(throwable, "backtrace"))) {
            for (long type : heap.elements(part)) {
                String name = heap.nameOfClass(type);
                if (!name.isEmpty() && !new Frame(name, "x", null, Frame.LINE_UNKNOWN).isJdk()) {
                    return name;
                }
            }
        }
        return null;
    }
}
