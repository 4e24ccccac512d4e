package dev.asyncinspect.analysis;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Source;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.ThreadAttributes;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code orphaned-future}, {@code permit-leak} and {@code lost-signal}: a task waits for something that nobody is left to give. */
final class NobodyLeft implements Question {

    /*
     * Only a heap tells: no thread that can still run, no static field and no native code refers to the awaited object.
     * That the wait never ends is then as certain as the heap is complete; whether somebody meant it so is not. A main thread
     * that parks for ever to keep its JVM alive, and a consumer whose producers have all gone, are told with less confidence.
     */

    private static final Set<ResourceKind> SIGNALLED = EnumSet.of(
            ResourceKind.LATCH,
            ResourceKind.CONDITION,
            ResourceKind.QUEUE,
            ResourceKind.SEMAPHORE,
            ResourceKind.LOCK,
            ResourceKind.READ_WRITE_LOCK,
            ResourceKind.UNKNOWN);

    /** Tasks that wait at one place for one kind of thing are told together. */
    private record Place(ResourceKind kind, String site) {}

    @Override
    public List<Finding> ask(Samples samples) {
        Snapshot snapshot = samples.latest();
        List<Finding> findings = new ArrayList<>();
        for (StandingDeadlock deadlock : samples.deadlocks()) {
            if (isCircleOfSignals(deadlock)
                    && !deadlock.goesThrough(ResourceKind.CONNECTION_POOL)
                    && !ExitHooks.tells(deadlock)) {
                findings.add(circle(deadlock));
            }
        }
        if (snapshot.source().distance() == Source.Distance.HEAP) {
            Map<Place, List<Task>> places = new LinkedHashMap<>();
            for (Task task : snapshot.tasks()) {
                Wait wait = task.waiting();
                Resource resource = wait == null ? null : snapshot.resource(wait.resourceId());
                if (wait != null
                        && resource != null
                        && isForgotten(wait, resource)
                        && !NeverStarted.tells(snapshot, resource)
                        && !Stacks.idleByItself(task.stack())) {
                    Place place = new Place(resource.kind(), wait.site().toString());
                    places.computeIfAbsent(place, p -> new ArrayList<>()).add(task);
                }
            }
            places.forEach((place, tasks) -> findings.add(finding(samples, place.kind(), tasks)));
        }
        return findings;
    }

    /** Whether it is a circle in which somebody waits for a signal that only the others could give. */
    static boolean isCircleOfSignals(StandingDeadlock deadlock) {
        return !deadlock.goesThrough(ResourceKind.FUTURE)
                && !Starvation.isOne(deadlock)
                && deadlock.resources().stream()
                        .flatMap(resource -> resource.knownHolders().stream())
                        .anyMatch(hold -> hold.mode() == AccessMode.REACHES);
    }

    private static boolean isForgotten(Wait wait, Resource resource) {
        return wait.bound() == Bound.UNBOUNDED
                && (resource.kind() == ResourceKind.FUTURE || SIGNALLED.contains(resource.kind()))
                && resource.holders().provenance() != Provenance.UNKNOWN
                && resource.knownHolders().isEmpty();
    }

    private static Finding finding(Samples samples, ResourceKind kind, List<Task> tasks) {
        Snapshot snapshot = samples.latest();
        Set<Long> ids = new LinkedHashSet<>();
        Set<Long> resources = new LinkedHashSet<>();
        List<Link> chain = new ArrayList<>();
        for (Task task : tasks) {
            Wait wait = waitOf(task);
            ids.add(task.id());
            resources.add(wait.resourceId());
            chain.add(new Link(task.id(), wait.resourceId(), null, List.of()));
        }
        List<Long> victims = Behind.of(snapshot, ids);
        String where = waitOf(tasks.get(0)).site().place();
        boolean pipe = resources.stream().map(snapshot::resource).allMatch(r -> r != null && Stacks.isPipe(r));
        String thing = (kind == ResourceKind.SEMAPHORE ? "permit of a " : "")
                + (pipe ? "pipe" : what(kind))
                + (resources.size() == 1 ? "" : kind == ResourceKind.LATCH ? "es" : "s");
        String missing = missing(snapshot, resources);
        Confidence meant = confidence(kind, tasks, victims);
        Confidence confidence = meant == Confidence.PROVEN && missing != null ? Confidence.LIKELY : meant;
        return new Finding(
                kind(kind),
                confidence,
                samples.basis(),
                Words.count(tasks.size(), "task") + (tasks.size() == 1 ? " waits at " : " wait at ") + where + " for "
                        + (resources.size() == 1 ? "a " : "") + thing + " that nobody is left to "
                        + (pipe ? "read or write" : verb(kind)) + ".",
                chain,
                false,
                List.copyOf(ids),
                victims,
                List.copyOf(resources),
                evidence(kind, pipe, reached(missing == null, resources.size() == 1 ? "it" : "any of them")),
                meant != Confidence.PROVEN ? innocent(kind) : missing,
                pipe ? List.of(CycleAdvice.READ_ELSEWHERE) : suggestions(kind, where));
    }

    private static FindingKind kind(ResourceKind awaited) {
        return switch (awaited) {
            case FUTURE -> FindingKind.ORPHANED_FUTURE;
            case SEMAPHORE -> FindingKind.PERMIT_LEAK;
            default -> FindingKind.LOST_SIGNAL;
        };
    }

    private static String verb(ResourceKind awaited) {
        return switch (awaited) {
            case FUTURE -> "complete";
            case SEMAPHORE -> "give back";
            case LOCK, READ_WRITE_LOCK -> "release";
            default -> "signal";
        };
    }

    private static List<Evidence> evidence(ResourceKind awaited, boolean pipe, Evidence unreached) {
        Evidence unbounded =
                Evidence.observed(pipe ? "the wait is one of a second, again and again" : "the wait has no timeout");
        return awaited == ResourceKind.SEMAPHORE
                ? List.of(Evidence.observed("no permit is left"), unreached, unbounded)
                : List.of(unreached, unbounded);
    }

    private static List<String> suggestions(ResourceKind awaited, String where) {
        return switch (awaited) {
            case FUTURE -> suggestionsOfFuture(where);
            case SEMAPHORE ->
                List.of(
                        "Release in a finally block right after acquire(), in the same method: look for an exception or an"
                                + " early return between the two, in tasks that have ended.",
                        "Take the permit in the task that releases it, not in the one that starts it; where a callback"
                                + " releases it, see to it that the callback runs on failure and on cancellation too.",
                        "Give the wait at " + where + " a timeout (tryAcquire with a time).");
            default -> suggestionsOfSignal(where);
        };
    }

    private static Confidence confidence(ResourceKind kind, List<Task> tasks, List<Long> victims) {
        if (kind == ResourceKind.FUTURE || !victims.isEmpty()) {
            return Confidence.PROVEN;
        }
        if (tasks.stream().allMatch(NobodyLeft::isInWaitSet)) {
            return tasks.stream().allMatch(NobodyLeft::isDaemon) ? Confidence.HINT : Confidence.LIKELY;
        }
        boolean keepsAlive = tasks.stream().allMatch(task -> task.name().equals("main"));
        boolean consumes = tasks.stream().allMatch(task -> Stacks.idle(task.stack()) || Stacks.readsPipe(task.stack()));
        return keepsAlive ? Confidence.HINT : consumes ? Confidence.LIKELY : Confidence.PROVEN;
    }

    private static boolean isInWaitSet(Task task) {
        return Stacks.isInWaitSet(task.stack());
    }

    private static boolean isDaemon(Task task) {
        ThreadAttributes thread = task.thread();
        return thread == null || thread.daemon();
    }

    /** What the heap may lack, so that somebody may be left after all; null if nothing. */
    private static @Nullable String missing(Snapshot snapshot, Set<Long> resources) {
        for (long id : resources) {
            Resource resource = snapshot.resource(id);
            if (resource != null && resource.holders().provenance() == Provenance.INFERRED) {
                return resource.holders().basis();
            }
        }
        return null;
    }

    private static Evidence reached(boolean certain, String what) {
        String statement = "no thread that can still run, no static field and no native code refers to " + what;
        return certain ? Evidence.observed(statement) : Evidence.inferred(statement + ", as far as a heap dump shows");
    }

    private static String innocent(ResourceKind kind) {
        return kind == ResourceKind.QUEUE
                ? "it serves a queue that is no longer used, and only ought to have been stopped"
                : "it is meant to wait for ever, to keep the JVM alive";
    }

    /** Workers of a forgotten pool of somebody's own can look like a circle too: if all are daemons, nobody misses them. */
    private static Confidence confidence(StandingDeadlock deadlock) {
        Snapshot snapshot = deadlock.snapshot();
        boolean idle = deadlock.victims().isEmpty()
                && deadlock.tasks().stream()
                        .map(snapshot::task)
                        .allMatch(task -> task != null && isInWaitSet(task) && isDaemon(task));
        return idle ? Confidence.HINT : deadlock.confidence();
    }

    private static Finding circle(StandingDeadlock deadlock) {
        Stream<String> places = deadlock.tasks().stream()
                .map(id -> deadlock.snapshot().task(id))
                .flatMap(Stream::ofNullable)
                .map(task -> waitOf(task).site().place())
                .distinct();
        String where = Words.firstOf(places.toList(), 3);
        return new Finding(
                FindingKind.LOST_SIGNAL,
                confidence(deadlock),
                deadlock.basis(),
                Words.count(deadlock.tasks().size(), "task") + " wait at " + where
                        + " for signals that only they themselves could give each other.",
                deadlock.chain(),
                true,
                deadlock.tasks(),
                deadlock.victims(),
                deadlock.resources().stream().map(Resource::id).toList(),
                List.of(onlyAmongThem(deadlock), Evidence.observed("none of the waits in the circle has a timeout")),
                confidence(deadlock) == Confidence.HINT && deadlock.innocent() == null
                        ? innocent(ResourceKind.QUEUE)
                        : deadlock.innocent(),
                suggestionsOfSignal(where));
    }

    /** Where the circle goes through a full queue, others may reach it; then that they do not take from it is inferred. */
    private static Evidence onlyAmongThem(StandingDeadlock deadlock) {
        for (Resource resource : deadlock.resources()) {
            boolean emptied = resource.knownHolders().stream().anyMatch(hold -> hold.mode() == AccessMode.RUNS);
            if (emptied && resource.holders().provenance() == Provenance.INFERRED) {
                return Evidence.inferred(
                        "nobody else takes from " + resource.label() + ", and nothing else refers to what they"
                                + " wait for: " + resource.holders().basis());
            }
        }
        return Evidence.observed(
                "no thread that can still run, no static field and no native code refers to what they wait for");
    }

    private static String what(ResourceKind kind) {
        return switch (kind) {
            case FUTURE -> "future";
            case LATCH -> "latch";
            case CONDITION -> "condition";
            case QUEUE -> "queue";
            case SEMAPHORE -> "semaphore";
            case LOCK, READ_WRITE_LOCK -> "lock";
            default -> "signal";
        };
    }

    private static List<String> suggestionsOfFuture(String where) {
        return List.of(
                "Find who was to complete it: a callback that was never registered, an exception before complete(), a"
                        + " branch that returns early. Complete it exceptionally on every such way.",
                "Give the wait at " + where + " a timeout (orTimeout, get with a time), so that it ends as a failure.");
    }

    private static List<String> suggestionsOfSignal(String where) {
        return List.of(
                "Signal on every way out: countDown, release or put in a finally block, before whoever does it can end or"
                        + " wait itself.",
                "Give the wait at " + where + " a timeout and say in the failure what was missing.");
    }

    private static Wait waitOf(Task task) {
        return Objects.requireNonNull(task.waiting());
    }
}
