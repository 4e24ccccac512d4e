package dev.asyncinspect.sources;

import dev.asyncinspect.core.rows.Relation;
import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.WorkPool;
import dev.asyncinspect.sources.AttachRows.About;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The pools, timers and event loops of one sample, and what the work in their queues may signal once it runs. */
final class AttachBacklogs {

    /*
     *   latch ◄──refers── work ◄──queued── pool ──► workers
     *
     * Who refers to a latch may count it down, wait for it, or neither. So nothing is more than inferred from it, and only of pools
     * that are full. The common pool counts as well, though a thread outside that joins a task of it may run what lies in its queue.
     */

    private static final Fact<Frame> NO_SITE = Fact.unknown("it was handed to the pool before we looked");

    private final AttachRows rows;
    private final Map<Integer, Set<Integer>> poolsBehind = new HashMap<>();

    AttachBacklogs(AttachRows rows) {
        this.rows = rows;
        for (int pool : rows.refs()) {
            if (AttachFutures.isFull(rows.about(pool))) {
                for (int work : rows.about(pool).objects(Relation.QUEUED)) {
                    for (int referred : rows.about(work).objects(Relation.REFERS)) {
                        poolsBehind
                                .computeIfAbsent(awaited(referred), r -> new LinkedHashSet<>())
                                .add(pool);
                    }
                }
            }
        }
    }

    /** What is waited for by means of this object. */
    private int awaited(int blocker) {
        List<Integer> behind = rows.about(blocker).objects(Relation.AWAITS);
        return behind.isEmpty() ? blocker : behind.get(0);
    }

    /** The workers who may run what signals this; null if no queued work refers to it. */
    @Nullable
    Fact<List<Hold>> signallers(int awaited) {
        Long done = rows.about(awaited).number(Relation.DONE);
        Map<Long, Hold> holds = new LinkedHashMap<>();
        for (int pool : done != null && done == 1 ? Set.<Integer>of() : poolsBehind.getOrDefault(awaited, Set.of())) {
            for (long worker : rows.about(pool).threads(Relation.WORKER)) {
                holds.put(worker, new Hold(worker, AccessMode.WILL_RUN, NO_SITE));
            }
        }
        return holds.isEmpty()
                ? null
                : Fact.inferred(
                        List.copyOf(holds.values()),
                        "work in the queue of a pool refers to it; who else does, a live look does not tell");
    }

    /**
     * The pools.
     *
     * @param resourceOf id of the resource that stands for an object, null if none does
     */
    List<WorkPool> pools(IntFunction<@Nullable Long> resourceOf) {
        Map<Integer, List<Long>> signals = new HashMap<>();
        poolsBehind.forEach((awaited, pools) -> {
            Long resource = resourceOf.apply(awaited);
            for (int pool : resource == null ? Set.<Integer>of() : pools) {
                signals.computeIfAbsent(pool, p -> new ArrayList<>()).add(resource);
            }
        });
        List<WorkPool> found = new ArrayList<>();
        for (int ref : rows.refs()) {
            About pool = rows.about(ref);
            List<Long> workers = pool.threads(Relation.WORKER);
            if (!workers.isEmpty() && !pool.className().isEmpty()) {
                boolean isTimer = pool.className().equals("java.util.TaskQueue");
                found.add(new WorkPool(
                        isTimer ? "java.util.Timer" : pool.className(),
                        null,
                        workers,
                        pool.number(Relation.SIZE),
                        next(pool),
                        signals.getOrDefault(ref, List.of())));
            }
        }
        return found;
    }

    private @Nullable String next(About pool) {
        List<Integer> queued = pool.objects(Relation.QUEUED);
        if (queued.isEmpty()) {
            return null;
        }
        About first = rows.about(queued.get(0));
        String method = first.text(Relation.USER_METHOD);
        return method == null ? null : AttachDetails.readable(method);
    }
}
