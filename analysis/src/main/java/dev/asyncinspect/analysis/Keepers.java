package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Source;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskKind;
import dev.asyncinspect.model.TaskState;
import dev.asyncinspect.model.Wait;
import dev.asyncinspect.model.WorkPool;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code jvm-does-not-exit}: {@code main} has ended, and only threads without work keep the JVM alive. */
final class Keepers implements Question {

    /*
     * The JVM calls a thread DestroyJavaVM that waits for the end of all threads that are no daemons. A server is meant to run
     * like that, so it says nothing by itself. If all of them wait, without a timeout, for their next piece of work, it may
     * be forgotten pools: a hint. A heap tells whether anybody is left who could give them one.
     */

    private static final String DESTROYER = "DestroyJavaVM";
    private static final Set<String> FOR_WORK =
            Set.of("java.util.concurrent.ThreadPoolExecutor.getTask", "java.util.TimerThread.mainLoop");
    private static final Set<String> SERVES = Set.of(
            "sun.nio.ch.SelectorImpl.select",
            "sun.nio.ch.SelectorImpl.lockAndDoSelect",
            "sun.nio.ch.EPoll.wait",
            "io.netty.channel.epoll.Native.epollWait",
            "java.net.ServerSocket.accept",
            "sun.nio.ch.ServerSocketChannelImpl.accept",
            "sun.nio.ch.NioSocketImpl.accept");
    private static final Set<Source.Distance> TELL_DAEMONS =
            Set.of(Source.Distance.TEXT_DUMP, Source.Distance.ATTACH, Source.Distance.HEAP);

    @Override
    public List<Finding> ask(Samples samples) {
        Snapshot snapshot = samples.latest();
        if (!TELL_DAEMONS.contains(snapshot.source().distance())
                || snapshot.tasks().stream().noneMatch(Keepers::isDestroyer)) {
            return List.of();
        }
        List<Task> keepers = new ArrayList<>();
        List<Task> others = new ArrayList<>();
        for (Task task : snapshot.tasks()) {
            if (keepsAlive(task)) {
                keepers.add(task);
            } else if (task.stack().firstOutsideJdk() != null || Stacks.indexOf(task.stack(), SERVES) >= 0) {
                others.add(task);
            }
        }
        boolean idle = keepers.stream().allMatch(task -> waitsForWork(task) && samples.samePlace(task));
        return keepers.isEmpty() || !idle ? List.of() : List.of(finding(samples, keepers, others));
    }

    private static boolean isDestroyer(Task task) {
        return task.name().equals(DESTROYER) && task.stack().isEmpty();
    }

    private static boolean keepsAlive(Task task) {
        return task.kind() == TaskKind.PLATFORM_THREAD
                && task.thread() != null
                && !task.thread().daemon()
                && task.state() != TaskState.COMPLETED
                && task.state() != TaskState.PENDING
                && !isDestroyer(task);
    }

    private static boolean waitsForWork(Task task) {
        Wait wait = task.waiting();
        return wait != null
                && wait.bound() != Bound.TIMED
                && Stacks.idleByItself(task.stack())
                && Stacks.indexOf(task.stack(), FOR_WORK) >= 0;
    }

    private static Finding finding(Samples samples, List<Task> keepers, List<Task> others) {
        Snapshot snapshot = samples.latest();
        List<Link> chain = new ArrayList<>();
        boolean forgotten = snapshot.source().distance() == Source.Distance.HEAP;
        String missing = null;
        for (Task keeper : keepers) {
            Wait wait = Objects.requireNonNull(keeper.waiting());
            Resource queue = Objects.requireNonNull(snapshot.resource(wait.resourceId()));
            chain.add(new Link(keeper.id(), queue.id(), null, List.of()));
            Fact<List<Hold>> givers = queue.holders();
            forgotten &= givers.provenance() != Provenance.UNKNOWN
                    && wait.bound() == Bound.UNBOUNDED
                    && queue.knownHolders().isEmpty();
            missing = givers.provenance() == Provenance.INFERRED ? givers.basis() : missing;
        }
        boolean serves = others.stream().anyMatch(task -> Stacks.indexOf(task.stack(), SERVES) >= 0);
        String doubt = !forgotten || serves
                ? "it is a server that is meant to run, and waits to be given work"
                : missing != null
                        ? missing
                        : others.isEmpty()
                                ? null
                                : "these threads keep the JVM alive on purpose, for its daemon threads";
        Confidence confidence =
                !forgotten || serves ? Confidence.HINT : doubt == null ? Confidence.PROVEN : Confidence.LIKELY;
        int size = keepers.size();
        return new Finding(
                FindingKind.JVM_DOES_NOT_EXIT,
                confidence,
                samples.basis(),
                "main has ended, and only " + Words.count(size, "thread") + (size == 1 ? " keeps" : " keep")
                        + " the JVM alive, without anything to do: "
                        + Words.firstOf(keepers.stream().map(Task::label).toList(), 3)
                        + (forgotten
                                ? ". Nobody is left who could give " + (size == 1 ? "it" : "them") + " work."
                                : "."),
                chain,
                false,
                keepers.stream().map(Task::id).toList(),
                List.of(),
                chain.stream().map(Link::resourceId).distinct().toList(),
                evidence(snapshot, keepers, forgotten, missing == null),
                doubt,
                List.of(
                        "Shut the pool down when the last work was handed over (shutdown, or close in try-with-resources from"
                                + " Java 19 on); cancel the timer.",
                        "Or give it a thread factory that makes daemon threads, if its work may be cut off at the end."));
    }

    private static List<Evidence> evidence(Snapshot snapshot, List<Task> keepers, boolean forgotten, boolean certain) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.observed("the JVM waits for the end of its threads (" + DESTROYER + ")"));
        evidence.add(Evidence.observed(
                "all threads that are no daemons wait without a timeout for their next piece of work"));
        if (forgotten) {
            String nobody = "nothing that can still run refers to the pools";
            evidence.add(
                    certain ? Evidence.observed(nobody) : Evidence.inferred(nobody + ", as far as a heap dump shows"));
        }
        Set<Long> ids = keepers.stream().map(Task::id).collect(Collectors.toCollection(LinkedHashSet::new));
        for (WorkPool pool : snapshot.works().pools()) {
            long workers = pool.workers().stream().filter(ids::contains).count();
            if (workers > 0) {
                boolean tellsMaker = snapshot.source().distance() == Source.Distance.HEAP
                        && !pool.className().equals("java.util.Timer"); // which makes its thread itself
                evidence.add(Evidence.observed(Words.count(workers, "worker") + " of a " + pool.className()
                        + (tellsMaker ? ", made by " + maker(pool.threadFactory()) : "")));
            }
        }
        return evidence;
    }

    /** {@code shop.Orders$$Lambda/0x1b2c} is a lambda of {@code shop.Orders}. */
    private static String maker(@Nullable String factory) {
        if (factory == null) {
            return "a thread factory that is not known";
        }
        int lambda = factory.indexOf("$$Lambda");
        return lambda < 0 ? factory : "a lambda of " + factory.substring(0, lambda);
    }
}
