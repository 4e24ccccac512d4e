package dev.asyncinspect.analysis;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Source;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskState;
import dev.asyncinspect.model.Wait;
import dev.asyncinspect.model.WorkPool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code pool-starvation}, seen in objects: what the workers of a pool wait for can only come from the queue of that pool. */
final class Starvation {

    /*
     * What completes a future says so itself. Of a latch, a condition, the answer of a server only this is known: work in the
     * queue refers to it. A heap tells whether anything else does. If it does, or was not looked for, then that it is the
     * queued work which signals it is a guess, and no more than a hint: the work may wait for the same gate itself, and somebody
     * outside open it. Only where nobody outside moves at all, and none waits for a time, it is likely.
     */

    private Starvation() {}

    /** Whether work in a queue could break this circle, had anybody time to run it. */
    static boolean isOne(StandingDeadlock deadlock) {
        return deadlock.resources().stream()
                .flatMap(resource -> resource.knownHolders().stream())
                .anyMatch(hold -> hold.mode() == AccessMode.WILL_RUN);
    }

    static Finding finding(Samples samples, StandingDeadlock deadlock, List<Evidence> holders, String where) {
        int size = deadlock.tasks().size();
        boolean futures = queued(deadlock).allMatch(resource -> resource.kind() == ResourceKind.FUTURE);
        boolean answers = queued(deadlock).anyMatch(resource -> resource.kind() == ResourceKind.IO);
        boolean guessed = isGuessed(deadlock);
        List<Evidence> evidence = new ArrayList<>(holders);
        evidence.add(Evidence.observed(
                answers
                        ? "the other end of the connection is in the hands of work in the queue of a pool: nobody has started it"
                        : futures && !guessed
                                ? "the awaited work lies in the queue of a pool: nobody has started it"
                                : "work in the queue of a pool refers to it: nobody has started it"));
        String can = size == 1 ? "It can never go on." : "None of them can ever go on.";
        return new Finding(
                FindingKind.POOL_STARVATION,
                guessed ? confidence(samples, deadlock) : deadlock.confidence(),
                deadlock.basis(),
                "Every worker that could run "
                        + (answers
                                ? "what answers them waits for an answer itself: "
                                : futures && !guessed
                                        ? "the awaited work waits for it itself: "
                                        : (size == 1
                                                ? "what may let it go on waits itself: "
                                                : "what may let them go on waits itself: "))
                        + Words.count(size, "task") + " at " + where + "."
                        + (guessed
                                ? " If nothing else does, " + (size == 1 ? "it waits" : "they wait") + " for ever."
                                : " " + can),
                deadlock.chain(),
                true,
                deadlock.tasks(),
                deadlock.victims(),
                deadlock.resources().stream().map(Resource::id).toList(),
                evidence,
                guessed
                        ? "something outside the pool lets them go on, or is meant to; async-inspect prove tells whether anything"
                                + " else has what they wait for"
                        : deadlock.innocent(),
                suggestions(where, futures, answers));
    }

    private static Stream<Resource> queued(StandingDeadlock deadlock) {
        return deadlock.resources().stream()
                .filter(resource ->
                        resource.knownHolders().stream().anyMatch(hold -> hold.mode() == AccessMode.WILL_RUN));
    }

    private static List<String> suggestions(String where, boolean futures, boolean answers) {
        List<String> suggestions = new ArrayList<>();
        if (answers) {
            suggestions.add("Do not call the own server from a task of its pool at " + where
                    + ": call the code behind it, or serve such calls from a pool of their own.");
            suggestions.add("Give the wait a timeout (setSoTimeout), so that it ends as a failure.");
            return suggestions;
        }
        suggestions.add(
                futures
                        ? "Do not wait inside a pool for work queued to the same pool: compose it (thenCompose, thenCombine)"
                                + " instead of calling get() or join() at " + where + "."
                        : "Do not wait inside a pool at " + where
                                + " for what only work queued to the same pool can signal:"
                                + " go on in a callback of the last of it.");
        suggestions.add("Or give the inner work a pool of its own; a bigger pool only moves the limit.");
        suggestions.add("On JDK 21+ run the waiting tasks on virtual threads.");
        return suggestions;
    }

    private static boolean isGuessed(StandingDeadlock deadlock) {
        Set<Long> signals = new HashSet<>();
        for (WorkPool pool : deadlock.snapshot().works().pools()) {
            signals.addAll(pool.signals());
        }
        return deadlock.resources().stream()
                .anyMatch(resource ->
                        resource.holders().provenance() == Provenance.INFERRED && signals.contains(resource.id()));
    }

    private static Confidence confidence(Samples samples, StandingDeadlock deadlock) {
        boolean attached = deadlock.snapshot().source().distance() == Source.Distance.ATTACH;
        return attached && samples.several() && isQuiet(deadlock) ? Confidence.LIKELY : Confidence.HINT;
    }

    /** Whether nobody outside does anything, listens to anything, or waits for a time. */
    private static boolean isQuiet(StandingDeadlock deadlock) {
        Snapshot snapshot = deadlock.snapshot();
        Set<Long> involved = new HashSet<>(deadlock.tasks());
        involved.addAll(deadlock.victims());
        return snapshot.tasks().stream()
                .filter(task -> !involved.contains(task.id()))
                .noneMatch(task -> mayAct(snapshot, task));
    }

    private static boolean mayAct(Snapshot snapshot, Task task) {
        if (Stacks.listens(task.stack())) {
            return true;
        }
        if (task.state() != TaskState.BLOCKED) {
            return task.stack().firstOutsideJdk() != null;
        }
        Wait wait = task.waiting();
        Resource resource = wait == null ? null : snapshot.resource(wait.resourceId());
        return task.stack().firstOutsideJdk() != null
                && (wait == null || wait.bound() != Bound.UNBOUNDED || isOutside(resource));
    }

    private static boolean isOutside(@Nullable Resource resource) {
        return resource == null || resource.kind() == ResourceKind.IO || resource.kind() == ResourceKind.SLEEP;
    }
}
