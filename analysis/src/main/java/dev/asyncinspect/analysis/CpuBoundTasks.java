package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskKind;
import dev.asyncinspect.model.TaskState;
import dev.asyncinspect.model.ThreadAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code cpu-bound-task}: a task that computes without ever yielding, where that keeps others from running. */
final class CpuBoundTasks implements Question {

    /*
     * Computing is what programs are for. It is a fault on a thread that must yield: a virtual thread keeps its carrier
     * until it blocks (JEP 444: no time sharing), an event loop keeps all its connections waiting. On a thread of its own
     * it is a hint. Processor time is read from the dump; a virtual thread's is that of the carrier it never left.
     */

    private static final double BUSY = 0.5;

    @Override
    public List<Finding> ask(Samples samples) {
        if (!samples.several()) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        for (Task task : samples.latest().tasks()) {
            Frame place = computingAt(samples, task);
            if (place != null) {
                Double load = load(samples, task);
                if (load != null && load >= BUSY) {
                    findings.add(finding(samples, task, place, load));
                }
            }
        }
        return findings;
    }

    /** The line of the program that this task computes at in every sample, by method; null if it moves on or waits. */
    private static @Nullable Frame computingAt(Samples samples, Task task) {
        Frame own = task.stack().firstOutsideJdk();
        List<Task> everywhere = samples.everywhere(task.id());
        if (own == null || everywhere == null || Stacks.idle(task.stack())) {
            return null;
        }
        for (Task sample : everywhere) {
            Frame then = sample.stack().firstOutsideJdk();
            if (sample.state() != TaskState.RUNNING
                    || then == null
                    || !then.method().equals(own.method())
                    || !then.className().equals(own.className())) {
                return null;
            }
        }
        return own;
    }

    /** The share of one core it used between the first and the last sample; null if the source does not tell. */
    private static @Nullable Double load(Samples samples, Task task) {
        List<Task> threads = new ArrayList<>();
        for (Snapshot snapshot : samples.all()) {
            Task thread = Objects.requireNonNull(snapshot.task(task.id()));
            ThreadAttributes attributes = thread.thread();
            if (task.kind() == TaskKind.VIRTUAL_THREAD) {
                thread = attributes == null ? null : snapshot.task(attributes.carrierId());
            }
            if (thread == null || thread.thread() == null) {
                return null;
            }
            threads.add(thread);
        }
        ThreadAttributes first = Objects.requireNonNull(threads.get(0).thread());
        ThreadAttributes last =
                Objects.requireNonNull(threads.get(threads.size() - 1).thread());
        boolean oneThread =
                threads.stream().allMatch(t -> t.id() == threads.get(0).id());
        long elapsed = last.elapsedNanos() - first.elapsedNanos();
        boolean told = first.cpuNanos() != ThreadAttributes.NONE && first.elapsedNanos() != ThreadAttributes.NONE;
        return oneThread && told && elapsed > 0 ? (double) (last.cpuNanos() - first.cpuNanos()) / elapsed : null;
    }

    private static Finding finding(Samples samples, Task task, Frame place, double load) {
        boolean virtual = task.kind() == TaskKind.VIRTUAL_THREAD;
        EventLoops loop = EventLoops.dispatchingOn(task);
        boolean mustYield = virtual || loop != null;
        String keeps = virtual
                ? "a virtual thread keeps its carrier until it blocks"
                : loop != null
                        ? "nothing else that this " + loop.name() + " serves can go on meanwhile"
                        : "it never waits";
        return new Finding(
                FindingKind.CPU_BOUND_TASK,
                mustYield ? Confidence.LIKELY : Confidence.HINT,
                samples.basis().replace("same state", "same method"),
                task.label() + " computes in " + place.qualifiedMethod() + " (" + place.place() + ") and used "
                        + Math.round(load * 100) + " % of a core: " + keeps + ".",
                List.of(),
                false,
                List.of(task.id()),
                List.of(),
                List.of(),
                List.of(
                        Evidence.observed("it is in " + place.qualifiedMethod() + " in every sample"),
                        Evidence.observed("its thread used " + Math.round(load * 100) + " % of a core in between")),
                mustYield ? "the computation ends soon and nobody waits meanwhile" : "it is meant to compute",
                virtual || loop != null
                        ? List.of(
                                "Run the computation on a pool of platform threads as wide as the machine has cores.",
                                "If it must stay, let it yield between pieces of work (Thread.yield).")
                        : List.of("If it should have ended long ago, look at the loop at " + place.place() + "."));
    }
}
