package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code jvm-does-not-exit}: the JVM is on its way out, and a shutdown hook does not end. */
final class ExitHooks implements Question {

    /*
     * Whoever calls System.exit, or brings a signal, joins all hooks and holds the monitor of java.lang.Shutdown meanwhile. A
     * hook that joins that thread, or calls System.exit itself, closes a circle. Other hooks wait behind what never comes.
     * What is not known to be stuck may only be slow: a hint.
     */

    private static final Set<String> JOINS_HOOKS = Set.of("java.lang.ApplicationShutdownHooks.runHooks");
    private static final List<Question> STUCK = List.of(new NobodyLeft(), new OwnerlessLocks(), new NeverStarted());

    /** How sure it is that the exit never comes. */
    private record Verdict(
            Confidence confidence, String basis, @Nullable String innocent) {}

    @Override
    public List<Finding> ask(Samples samples) {
        List<Finding> findings = new ArrayList<>();
        for (Task task : samples.latest().tasks()) {
            Wait wait = task.waiting();
            Resource end = wait == null ? null : samples.latest().resource(wait.resourceId());
            if (wait != null
                    && end != null
                    && end.kind() == ResourceKind.THREAD_END
                    && wait.bound() != Bound.TIMED
                    && isExiting(task)
                    && samples.samePlace(task)) {
                findings.add(finding(samples, task, end));
            }
        }
        return findings;
    }

    /** Whether this deadlock goes through the end of the JVM, and is told here. */
    static boolean tells(StandingDeadlock deadlock) {
        return deadlock.tasks().stream()
                .flatMap(id -> Stream.ofNullable(deadlock.snapshot().task(id)))
                .anyMatch(ExitHooks::isExiting);
    }

    private static boolean isExiting(Task task) {
        return Stacks.indexOf(task.stack(), JOINS_HOOKS) >= 0;
    }

    private static Finding finding(Samples samples, Task exiting, Resource end) {
        Snapshot snapshot = samples.latest();
        List<Link> chain = List.of(new Link(exiting.id(), end.id(), holder(end), List.of()));
        List<Long> tasks = Stream.concat(end.knownHolders().stream().map(Hold::taskId), Stream.of(exiting.id()))
                .distinct()
                .toList();
        boolean cycle = false;
        List<Long> resources = List.of(end.id());
        Verdict verdict = new Verdict(
                Confidence.HINT, samples.basis(), "the hook is only slow, or what it waits for is about to come");
        for (StandingDeadlock deadlock : samples.deadlocks()) {
            boolean inside = deadlock.tasks().contains(exiting.id());
            if (inside || deadlock.victims().contains(exiting.id())) {
                verdict = new Verdict(deadlock.confidence(), deadlock.basis(), deadlock.innocent());
                cycle = inside;
                chain = inside ? deadlock.chain() : chain;
                tasks = inside ? deadlock.tasks() : tasks;
                resources =
                        inside ? deadlock.resources().stream().map(Resource::id).toList() : resources;
            }
        }
        for (Question question : STUCK) {
            for (Finding found : question.ask(samples)) {
                if (found.victims().contains(exiting.id()) && verdict.confidence == Confidence.HINT) {
                    verdict = new Verdict(found.confidence(), found.basis(), found.innocent());
                }
            }
        }
        return new Finding(
                FindingKind.JVM_DOES_NOT_EXIT,
                verdict.confidence,
                verdict.basis,
                sentence(snapshot, exiting, end, verdict.confidence, cycle),
                chain,
                cycle,
                tasks,
                List.of(),
                resources,
                List.of(
                        Evidence.observed("the JVM is ending: " + exiting.label() + " joins the shutdown hooks"),
                        Evidence.observed("the wait for them has no timeout")),
                verdict.innocent,
                List.of(
                        "In a shutdown hook wait with a timeout only, and never for the thread that called System.exit; do not"
                                + " call System.exit in a hook.",
                        "To end at once whatever the hooks do: Runtime.halt."));
    }

    private static String sentence(
            Snapshot snapshot, Task exiting, Resource end, Confidence confidence, boolean cycle) {
        Hold hold = holder(end);
        Task hook = hold == null ? null : snapshot.task(hold.taskId());
        String who = hook == null ? "a shutdown hook" : "the shutdown hook " + hook.label();
        String means = confidence == Confidence.HINT ? "has not ended" : "can never end";
        return exiting.label() + " wants to end the JVM (" + place(exiting) + ") and waits for " + who + ", which "
                + means + (cycle ? ", because it waits for the end of the JVM itself." : ".");
    }

    private static String place(Task exiting) {
        Frame own = exiting.stack().firstOutsideJdk();
        if (own != null) {
            return "System.exit at " + own.place();
        }
        return exiting.name().equals("DestroyJavaVM") ? "all its work is done" : "by a signal";
    }

    private static @Nullable Hold holder(Resource end) {
        List<Hold> holds = end.knownHolders();
        return holds.isEmpty() ? null : Objects.requireNonNull(holds.get(0));
    }
}
