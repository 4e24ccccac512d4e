package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What to change where tasks wait in a circle for what the next one holds. */
final class CycleAdvice {

    /** What to do about a pipe that one thread writes and reads. */
    static final String READ_ELSEWHERE =
            "Read from a pipe on another thread than the one that writes into it, and one that does not wait"
                    + " for the writer; on a single thread a ByteArrayOutputStream does, which has no limit.";

    private CycleAdvice() {}

    /** What to change so that these tasks do not wait in a circle, the best first. */
    static List<String> on(StandingDeadlock deadlock) {
        List<String> suggestions = new ArrayList<>();
        String order = orderOfLocks(deadlock);
        if (throughMap(deadlock)) {
            suggestions.add(
                    "Do not touch a ConcurrentHashMap inside the function that computes one of its values: compute first and"
                            + " then putIfAbsent, or keep futures in the map.");
            suggestions.add("Restart the JVM to get it going again: no lock in the circle will be released by itself.");
            return suggestions;
        }
        if (deadlock.goesThrough(ResourceKind.POOL)) {
            suggestions.add(
                    "Do not wait for the end of a pool (awaitTermination, close) in a task of that pool, nor in tasks of two pools"
                            + " for each other: shut it down there if need be, and wait on a thread of its own.");
            suggestions.add("Restart the JVM to get it going again: the pool cannot end by itself.");
            return suggestions;
        }
        if (deadlock.goesThroughPipe()) {
            suggestions.add(READ_ELSEWHERE);
            return suggestions;
        }
        if (deadlock.goesThrough(ResourceKind.QUEUE)) {
            suggestions.add(
                    "Do not wait for room in a queue in a task that takes from it, nor while it waits for whoever takes: use"
                            + " offer and say what happens to what finds no room, or keep it aside and put it in when the next is taken.");
            suggestions.add("If the queue must not lose anything and its consumer adds to it, give it no limit.");
            return suggestions;
        }
        if (deadlock.tasks().size() == 1) {
            suggestions.add("Release it before asking for it again, or do both under one acquisition.");
        } else if (order != null) {
            suggestions.add("Take the locks in one order everywhere: " + order + ".");
        } else {
            suggestions.add("Take the locks in one order everywhere.");
        }
        boolean lockObjects = deadlock.resources().stream().anyMatch(r -> r.kind() != ResourceKind.MONITOR);
        suggestions.add(
                lockObjects
                        ? "Where no order exists, use tryLock with a timeout, release what is held and try again."
                        : "Where no order exists, use ReentrantLock.tryLock with a timeout instead of synchronized.");
        suggestions.add("Restart the JVM to get it going again: no lock in the circle will be released by itself.");
        return suggestions;
    }

    /** Whether the locks are entries of a map that are being computed. */
    private static boolean throughMap(StandingDeadlock deadlock) {
        return deadlock.resources().stream()
                .allMatch(resource -> resource.className() != null
                        && resource.className().startsWith("java.util.concurrent.ConcurrentHashMap$"));
    }

    /** {@code Bank.java:31/34 takes A then B, Bank.java:52/55 takes B then A}; null if some line is not known. */
    private static @Nullable String orderOfLocks(StandingDeadlock deadlock) {
        List<Link> chain = deadlock.chain();
        Set<String> orders = new LinkedHashSet<>();
        for (int i = 0; i < chain.size(); i++) {
            Link before = chain.get((i + chain.size() - 1) % chain.size());
            Hold held = before.holder();
            Frame acquired = held == null ? null : held.site().orNull();
            Task task = deadlock.snapshot().task(chain.get(i).taskId());
            Wait wait = task == null ? null : task.waiting();
            if (acquired == null || acquired.line() < 0 || wait == null) {
                return null;
            }
            orders.add(places(acquired, wait.site().frame()) + " takes "
                    + title(deadlock, before.resourceId()) + " then "
                    + title(deadlock, chain.get(i).resourceId()));
        }
        return orders.size() > 4 ? null : String.join(", ", orders);
    }

    private static String places(Frame acquired, Frame waits) {
        boolean oneFile = Objects.equals(acquired.file(), waits.file()) && waits.line() >= 0;
        return oneFile ? acquired.place() + "/" + waits.line() : acquired.place() + " and " + waits.place();
    }

    private static String title(StandingDeadlock deadlock, long resourceId) {
        return Objects.requireNonNull(deadlock.snapshot().resource(resourceId)).title();
    }
}
