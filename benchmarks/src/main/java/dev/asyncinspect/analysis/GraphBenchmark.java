package dev.asyncinspect.analysis;

import com.sun.management.ThreadMXBean;
import dev.asyncinspect.benchmarks.Pairs;
import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.AwaitSite;
import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.Completeness;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Source;
import dev.asyncinspect.model.StackTrace;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskKind;
import dev.asyncinspect.model.TaskState;
import dev.asyncinspect.model.Wait;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Question: how long does the engine take on a graph of a million tasks and edges, and how much memory a task? Workload: every
 * task holds one lock and waits for that of the next; one ring, or a chain behind a pair. Baseline twin: looking each waited-for
 * resource up once, without any analysis. Goals: at most 1 s and 200 B a task. Alone: {@code benchmarks/run graph [rounds]}.
 */
final class GraphBenchmark {

    private static final AwaitSite SITE =
            AwaitSite.lineOnly(new Frame("shop.Bank", "transfer", "Bank.java", 34), "lock");

    private GraphBenchmark() {}

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 9;
        for (int tasks : new int[] {10_000, 100_000, 1_000_000}) {
            for (boolean ring : new boolean[] {true, false}) {
                Snapshot snapshot = snapshot(tasks, ring);
                Pairs.compare(
                        System.out,
                        (ring ? "one ring of " : "chain behind a pair, ") + tasks,
                        rounds,
                        () -> lookUp(snapshot),
                        () -> analyse(snapshot));
                System.out.printf(
                        Locale.ROOT, "%36s allocated while analysing: %d B a task%n", "", allocated(snapshot) / tasks);
            }
        }
    }

    private static void analyse(Snapshot snapshot) {
        if (Deadlock.in(WaitGraph.of(snapshot)).size() != 1) {
            throw new IllegalStateException("expected one deadlock");
        }
    }

    private static void lookUp(Snapshot snapshot) {
        int found = 0;
        for (Task task : snapshot.tasks()) {
            Wait wait = task.waiting();
            if (wait != null && snapshot.resource(wait.resourceId()) != null) {
                found++;
            }
        }
        if (found != snapshot.tasks().size()) {
            throw new IllegalStateException("expected every task to wait");
        }
    }

    private static long allocated(Snapshot snapshot) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        analyse(snapshot);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** Task i holds lock i and waits for lock i + 1; the last waits for lock 0, or for lock n - 2 to make a pair. */
    private static Snapshot snapshot(int tasks, boolean ring) {
        List<Task> all = new ArrayList<>(tasks);
        List<Resource> locks = new ArrayList<>(tasks);
        for (int i = 0; i < tasks; i++) {
            int next = i + 1 < tasks ? i + 1 : ring ? 0 : tasks - 2;
            Wait wait = new Wait(next, SITE, AccessMode.EXCLUSIVE, Bound.UNBOUNDED);
            all.add(new Task(i, "t", TaskKind.VIRTUAL_THREAD, TaskState.BLOCKED, StackTrace.EMPTY, wait, null));
            Hold hold = new Hold(i, AccessMode.EXCLUSIVE, Fact.unknown(""));
            locks.add(new Resource(
                    i, ResourceKind.LOCK, "L", null, null, Resource.Needs.ALL_HOLDERS, Fact.observed(List.of(hold))));
        }
        Source source = new Source(Source.Distance.TEXT_DUMP, "generated", -1, null);
        return new Snapshot(null, source, all, locks, new Completeness(tasks, tasks, List.of(), false, 0));
    }
}
