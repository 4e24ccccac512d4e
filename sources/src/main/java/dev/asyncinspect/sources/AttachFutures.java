package dev.asyncinspect.sources;

import dev.asyncinspect.core.rows.Relation;
import dev.asyncinspect.core.rows.Row;
import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.sources.AttachRows.About;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who completes the futures of one sample: the thread that runs their work, or the workers of the pool where it queues. */
final class AttachFutures {

    /*
     * A future is completed by its own work, or as a dependent of another future. From the awaited one we walk back:
     *
     *   awaited ◄─dependent─ source ◄─completes─ work ──► runner            it runs now
     *                                              └────► queue of a pool   any of its workers may run it
     *
     * All that is found counts as one set of which any one is enough. That can hide a starvation, never make one up. A
     * FutureTask is completed by its own run method alone, and so is what a ForkJoinPool makes of work that is submitted to it; a
     * CompletableFuture by anybody who has it, so for one of these the answer is inferred, never observed. The same goes for tasks of
     * the common pool, which a thread that joins them may run itself.
     */

    private static final String FUTURE_TASK = "java.util.concurrent.FutureTask";
    private static final String FORK_JOIN = "java.util.concurrent.ForkJoinTask$Adapted";
    private static final int MOST_STEPS = 10_000;
    private static final Fact<Frame> NO_SITE = Fact.unknown("it was handed to the pool before we looked");

    private final AttachRows rows;
    private final Map<Integer, List<Integer>> sources = new HashMap<>();
    private final Map<Integer, List<Integer>> works = new HashMap<>();
    private final Map<Integer, Integer> poolOfQueued = new HashMap<>();

    AttachFutures(AttachRows rows) {
        this.rows = rows;
        for (int ref : rows.refs()) {
            About about = rows.about(ref);
            for (int dependent : about.objects(Relation.DEPENDENT)) {
                sources.computeIfAbsent(dependent, d -> new ArrayList<>()).add(ref);
            }
            for (int future : about.objects(Relation.COMPLETES)) {
                works.computeIfAbsent(future, f -> new ArrayList<>()).add(ref);
            }
            for (int task : about.objects(Relation.QUEUED)) {
                poolOfQueued.putIfAbsent(task, ref);
            }
        }
    }

    /** Who can complete this future; unknown if nothing that was read says so. */
    Fact<List<Hold>> completers(int awaited) {
        Long done = rows.about(awaited).number(Relation.DONE);
        if (done != null && done == 1) {
            return Fact.unknown("it is done: whoever waits is about to go on");
        }
        Map<Long, Hold> holds = new LinkedHashMap<>();
        Set<Integer> pools = new HashSet<>();
        boolean sure = true;
        for (int future : withSources(awaited)) {
            for (int work : worksOf(future)) {
                for (long runner : rows.about(work).threads(Relation.RUNNER)) {
                    holds.put(runner, new Hold(runner, AccessMode.RUNS, NO_SITE));
                }
                Integer pool = poolOfQueued.get(work);
                if (pool != null && pools.add(pool)) {
                    for (long worker : rows.about(pool).threads(Relation.WORKER)) {
                        holds.putIfAbsent(worker, new Hold(worker, AccessMode.WILL_RUN, NO_SITE));
                    }
                    sure &= isFull(rows.about(pool));
                    sure &= isFutureTask(rows.about(future)) || !isHelped(rows.about(pool));
                }
            }
            sure &= isFutureTask(rows.about(future)) || isForkJoinTask(rows.about(future));
        }
        if (holds.isEmpty()) {
            return Fact.unknown("nothing that was read says who completes it");
        }
        List<Hold> found = List.copyOf(holds.values());
        return sure ? Fact.observed(found) : Fact.inferred(found, basis(pools));
    }

    /** What will complete this future when it runs: the future itself, or work that was handed to a pool. */
    List<Integer> worksOf(int future) {
        List<Integer> all = new ArrayList<>(works.getOrDefault(future, List.of()));
        all.add(future); // a FutureTask is its own work
        return all;
    }

    /** The pool in whose queue this work lies, in words; null if it lies in none that we know. */
    @Nullable
    String queueOf(int work) {
        Integer pool = poolOfQueued.get(work);
        return pool == null ? null : name(rows.about(pool));
    }

    private Set<Integer> withSources(int awaited) {
        Set<Integer> reached = new HashSet<>(Set.of(awaited));
        Deque<Integer> open = new ArrayDeque<>(reached);
        while (!open.isEmpty() && reached.size() < MOST_STEPS) {
            for (int source : sources.getOrDefault(open.remove(), List.of())) {
                if (reached.add(source)) {
                    open.add(source);
                }
            }
        }
        return reached;
    }

    private String basis(Set<Integer> pools) {
        for (int pool : pools) {
            About about = rows.about(pool);
            String waits = "its work lies in the queue of " + name(about) + " with "
                    + about.threads(Relation.WORKER).size() + " workers";
            return !isFull(about)
                    ? waits + ", which could start more"
                    : isHelped(about) ? waits + ", and a thread that joins it may run it itself" : waits;
        }
        return "from the thread that runs its work";
    }

    /** What a person knows a pool by: what the names of its threads begin with. */
    private String name(About pool) {
        Set<Long> workers = new HashSet<>(pool.threads(Relation.WORKER));
        String common = null;
        for (Row.ThreadSeen thread : rows.threads) {
            if (workers.contains(thread.threadId())) {
                common = common == null ? thread.name() : commonStart(common, thread.name());
            }
        }
        return common == null || common.isEmpty() ? pool.className() : "pool '" + common + "…'";
    }

    private static String commonStart(String one, String other) {
        int length = 0;
        while (length < one.length() && length < other.length() && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return one.substring(0, length);
    }

    /** Whether it has all the workers that it may have, or that it makes while none of them runs. */
    static boolean isFull(About pool) {
        Long has = pool.number(Relation.WORKERS);
        Long target = pool.number(Relation.PARALLELISM);
        if (has != null && target != null) {
            return has >= target && pool.threads(Relation.WORKER).size() >= has;
        }
        Long most = pool.number(Relation.MAX_WORKERS);
        return most != null && pool.threads(Relation.WORKER).size() >= most;
    }

    /** Whether threads that are no workers of it may run its work as well. */
    static boolean isHelped(About pool) {
        Long helped = pool.number(Relation.HELPED);
        return helped != null && helped == 1;
    }

    private static boolean isForkJoinTask(About future) {
        return future.className().startsWith(FORK_JOIN);
    }

    private static boolean isFutureTask(About future) {
        return future.className().equals(FUTURE_TASK)
                || future.className().startsWith("java.util.concurrent.ScheduledThreadPoolExecutor$");
    }
}
