package dev.asyncinspect.analysis;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Source;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A {@link Deadlock} of the newest sample in the words of the model, together with how sure it is. */
final class StandingDeadlock {

    private static final long SETTLED_NANOS = 1_000_000_000;

    private final Snapshot snapshot;
    private final WaitGraph graph;
    private final Deadlock deadlock;
    private final Confidence confidence;
    private final String basis;

    private StandingDeadlock(
            Snapshot snapshot, WaitGraph graph, Deadlock deadlock, Confidence confidence, String basis) {
        this.snapshot = snapshot;
        this.graph = graph;
        this.deadlock = deadlock;
        this.confidence = confidence;
        this.basis = basis;
    }

    /** The deadlocks of the newest sample that every earlier sample shows as well. */
    static List<StandingDeadlock> in(Samples samples) {
        Snapshot latest = samples.latest();
        WaitGraph graph = WaitGraph.of(latest);
        List<Deadlock> deadlocks = Deadlock.in(graph);
        if (deadlocks.isEmpty()) {
            return List.of();
        }
        List<Set<Set<Long>>> before = new ArrayList<>();
        for (Snapshot snapshot : samples.earlier()) {
            before.add(membersOf(snapshot));
        }
        List<StandingDeadlock> standing = new ArrayList<>();
        for (Deadlock deadlock : deadlocks) {
            Set<Long> members = ids(latest, deadlock.members());
            boolean stood = true;
            for (int i = 0; i < before.size() && stood; i++) {
                Snapshot earlier = samples.earlier().get(i);
                stood = before.get(i).contains(members)
                        && members.stream()
                                .allMatch(id -> Samples.sameWait(earlier, latest, id)
                                        && (samples.atomic() || !Samples.progressed(earlier, latest, id)));
            }
            if (stood) {
                standing.add(judge(samples, graph, deadlock));
            }
        }
        return standing;
    }

    /*
     * PROVEN needs three things: no wait in it can end by itself, every edge was observed and not inferred, and the edges
     * existed at one instant: either the dump stopped all threads, or two samples agree and show that nobody moved in
     * between. Tasks that take the same locks again and again look alike in two samples too, so the place alone is not
     * enough: it takes the same act of waiting, or a thread that used no processor time. A JSON dump tells neither; there
     * two samples have to do.
     *
     * A recording tells since when each of them waits, so one moment of it is enough. But the events of different threads reach a
     * file at different times: what happened last may be missing, and with it that somebody went on. So it counts only after a
     * second, within which every thread's events are written. And whoever likes can give back a permit.
     */
    private static StandingDeadlock judge(Samples samples, WaitGraph graph, Deadlock deadlock) {
        Snapshot snapshot = samples.latest();
        boolean unbounded = true;
        boolean observed = true;
        boolean canTell = snapshot.source().distance() == Source.Distance.ATTACH;
        boolean stoodStill = samples.several();
        for (int member : deadlock.members()) {
            Task task = snapshot.tasks().get(member);
            Wait wait = waitOf(task);
            unbounded &= wait.bound() == Bound.UNBOUNDED;
            Resource resource = Objects.requireNonNull(snapshot.resource(wait.resourceId()));
            observed &= resource.holders().provenance() == Provenance.OBSERVED;
            stoodStill &= !canTell || wait.episode() != Wait.NO_EPISODE || Samples.tellsProgress(task);
        }
        boolean oneInstant = samples.atomic() || stoodStill || stoodInRecording(snapshot, deadlock);
        observed &= !throughPermits(snapshot, deadlock);
        Confidence confidence = unbounded && observed && oneInstant ? Confidence.PROVEN : Confidence.LIKELY;
        return new StandingDeadlock(snapshot, graph, deadlock, confidence, samples.basis());
    }

    private static boolean stoodInRecording(Snapshot snapshot, Deadlock deadlock) {
        if (snapshot.source().distance() != Source.Distance.RECORDING) {
            return false;
        }
        for (int member : deadlock.members()) {
            Long waited = waitOf(snapshot.tasks().get(member)).waitedNanos().orNull();
            if (waited == null || waited < SETTLED_NANOS) {
                return false;
            }
        }
        return true;
    }

    private static boolean throughPermits(Snapshot snapshot, Deadlock deadlock) {
        for (int member : deadlock.members()) {
            long id = waitOf(snapshot.tasks().get(member)).resourceId();
            Resource resource = Objects.requireNonNull(snapshot.resource(id));
            if (resource.kind() == ResourceKind.SEMAPHORE
                    && resource.knownHolders().stream().anyMatch(hold -> hold.mode() == AccessMode.SHARED)) {
                return true;
            }
        }
        return false;
    }

    private static Set<Set<Long>> membersOf(Snapshot snapshot) {
        Set<Set<Long>> all = new HashSet<>();
        for (Deadlock deadlock : Deadlock.in(WaitGraph.of(snapshot))) {
            all.add(ids(snapshot, deadlock.members()));
        }
        return all;
    }

    private static Set<Long> ids(Snapshot snapshot, int[] positions) {
        Set<Long> ids = new LinkedHashSet<>();
        for (int position : positions) {
            ids.add(snapshot.tasks().get(position).id());
        }
        return ids;
    }

    private static Wait waitOf(Task task) {
        return Objects.requireNonNull(task.waiting(), "a stuck task waits");
    }

    Snapshot snapshot() {
        return snapshot;
    }

    Confidence confidence() {
        return confidence;
    }

    String basis() {
        return basis;
    }

    /** How it could be harmless; null if it is proven. */
    @Nullable
    String innocent() {
        if (confidence == Confidence.PROVEN) {
            return null;
        }
        for (int member : deadlock.members()) {
            Resource resource = resourceOf(member);
            if (resource.holders().provenance() == Provenance.INFERRED) {
                return (resource.kind() == ResourceKind.QUEUE ? "who takes from " : "who holds ") + resource.label()
                        + " is inferred ("
                        + resource.holders().basis() + "), not observed";
            }
        }
        if (throughPermits(snapshot, deadlock)) {
            return "a permit is given back by a task that did not take it, which Semaphore allows";
        }
        if (snapshot.source().distance() == Source.Distance.RECORDING) {
            return "the recording ends so soon after it that the last events may be missing";
        }
        return "the threads were not read at one instant: the locks may have changed hands in between";
    }

    /** Ids of all tasks that are part of it: the cycle first, then the rest. */
    List<Long> tasks() {
        Set<Long> ids = ids(snapshot, deadlock.cycle());
        ids.addAll(ids(snapshot, deadlock.members()));
        return List.copyOf(ids);
    }

    List<Long> victims() {
        return List.copyOf(ids(snapshot, deadlock.victims()));
    }

    /** The resources its tasks wait for, each once, in cycle order. */
    List<Resource> resources() {
        Set<Resource> found = new LinkedHashSet<>();
        for (int task : deadlock.cycle()) {
            found.add(resourceOf(task));
        }
        for (int task : deadlock.members()) {
            found.add(resourceOf(task));
        }
        return List.copyOf(found);
    }

    /** Whether a pipe is among what they wait for. */
    boolean goesThroughPipe() {
        return resources().stream().anyMatch(Stacks::isPipe);
    }

    /** Whether every resource in it is of one of these kinds. */
    boolean onlyThrough(Set<ResourceKind> kinds) {
        return resources().stream().allMatch(resource -> kinds.contains(resource.kind()));
    }

    /** Whether some resource in it is of this kind. */
    boolean goesThrough(ResourceKind kind) {
        return resources().stream().anyMatch(resource -> resource.kind() == kind);
    }

    /** The cycle: each task, what it waits for, and the next task, which holds it. */
    List<Link> chain() {
        int[] cycle = deadlock.cycle();
        List<Link> chain = new ArrayList<>(cycle.length);
        for (int i = 0; i < cycle.length; i++) {
            Resource resource = resourceOf(cycle[i]);
            long nextTask = snapshot.tasks().get(cycle[(i + 1) % cycle.length]).id();
            Hold next = null;
            List<Hold> others = new ArrayList<>();
            for (Hold hold : resource.knownHolders()) {
                if (hold.taskId() == nextTask && next == null) {
                    next = hold;
                } else {
                    others.add(hold);
                }
            }
            chain.add(new Link(snapshot.tasks().get(cycle[i]).id(), resource.id(), next, others));
        }
        return chain;
    }

    /** How many tasks the readable cycle has, which can be fewer than {@link #tasks}. */
    int cycleLength() {
        return deadlock.cycle().length;
    }

    private Resource resourceOf(int task) {
        return snapshot.resources().get(graph.resourceOf(graph.gateOf(task)));
    }

    @Override
    public String toString() {
        return "deadlock of tasks " + Arrays.toString(deadlock.members());
    }
}
