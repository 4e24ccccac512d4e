package dev.asyncinspect.cli;

import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskKind;
import dev.asyncinspect.model.TaskLife;
import dev.asyncinspect.model.TaskState;
import java.util.ArrayList;
import java.util.List;

/** What to look at if a recorded task does not get on: by the state in which it stays. */
final class StuckGuide {

    /*
     *   PENDING    never polled     was it started? is the pool free?
     *   SCHEDULED  not polled again is a thread or carrier free?
     *   RUNNING    for ever         it computes: offload it
     *   BLOCKED    for ever         locks, channels, futures
     */

    private static final long LONG_NANOS = 1_000_000_000;

    private StuckGuide() {}

    /** Advice, most useful first; empty if the task is over, or has not stood long enough to be thought stuck. */
    static List<String> of(Snapshot snapshot, Task task) {
        TaskLife life = task.life();
        List<String> advice = new ArrayList<>();
        if (life == null || life.ageNanos() < LONG_NANOS) {
            return advice;
        }
        switch (task.state()) {
            case PENDING -> {
                advice.add("It was never polled: was it started or handed to an executor? Nothing says so.");
                advice.add(busy(snapshot, task));
            }
            case SCHEDULED -> {
                advice.add("It is runnable and no thread takes it: is one free?");
                advice.add(busy(snapshot, task));
            }
            case RUNNING -> {
                if (life.polls() <= 1 && life.runningNanos() >= LONG_NANOS) {
                    advice.add("It has run for " + Times.text(life.runningNanos())
                            + " without a pause: it computes, or calls something that blocks unseen.");
                    advice.add(
                            "If it computes, run it on a pool of its own; if it calls something slow, look at its stack:"
                                    + " async-inspect task PID ID.");
                }
            }
            case BLOCKED -> blocked(task, advice);
            default -> {}
        }
        return advice;
    }

    private static void blocked(Task task, List<String> advice) {
        Long waited =
                task.waiting() == null ? null : task.waiting().waitedNanos().orNull();
        if (waited != null && waited >= LONG_NANOS) {
            advice.add("It has waited for " + Times.text(waited)
                    + ": look at who holds or completes that (above), in which order locks are taken, whether the other side"
                    + " of a channel still lives, and who completes the future.");
        } else if (task.waiting() == null) {
            advice.add(
                    "It does not run, and no await says why: label what it waits for (Inspect.await), or record with the"
                            + " agent.");
        }
    }

    private static String busy(Snapshot snapshot, Task task) {
        TaskKind kind = task.kind();
        long running = snapshot.tasks().stream()
                .filter(other -> other.kind() == kind && other.state() == TaskState.RUNNING)
                .count();
        long waiting = snapshot.tasks().stream()
                .filter(other -> other.kind() == kind
                        && (other.state() == TaskState.PENDING || other.state() == TaskState.SCHEDULED))
                .count();
        return "Of its kind " + running + (running == 1 ? " runs, " : " run, ") + waiting
                + (waiting == 1 ? " waits" : " wait")
                + " for a thread: a pool whose workers are all busy or blocked takes nothing new.";
    }
}
