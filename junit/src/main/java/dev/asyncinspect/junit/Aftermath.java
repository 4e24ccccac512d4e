package dev.asyncinspect.junit;

import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is wrong when a test has ended. */
final class Aftermath {

    private Aftermath() {}

    /** All that is wrong, worst first; may wait for the grace that threads have to end. */
    static List<InspectionError> of(RunningTest test, Settings settings) throws InterruptedException {
        List<InspectionError> found = new ArrayList<>();
        if (test.isInspectedFor(Check.DEADLOCK)) {
            deadlock(test, settings, found);
        }
        List<String> leaked =
                test.isInspectedFor(Check.LEAKED_THREAD) && found.isEmpty() ? leaked(test, settings) : List.of();
        if (!leaked.isEmpty()) {
            found.add(new InspectionError(
                    Check.LEAKED_THREAD,
                    test.name() + " leaves " + (leaked.size() == 1 ? "a thread" : leaked.size() + " threads")
                            + " behind, alive " + settings.leakGrace().toMillis() / 1000.0
                            + " s after its end; shut down its executor, or join it:\n  "
                            + String.join("\n  ", leaked)));
        }
        // After the grace: a thread that had just begun to die has told of it by now.
        List<String> dead = test.takeDead();
        if (test.isInspectedFor(Check.SWALLOWED_FAILURE) && !dead.isEmpty()) {
            found.add(new InspectionError(
                    Check.SWALLOWED_FAILURE,
                    test.name() + " does not see the failure of a thread that it started: " + String.join("\n", dead)));
        }
        if (test.isInspectedFor(Check.BLOCKED_NON_BLOCKING_THREAD)
                && !test.blocked().isEmpty()) {
            found.add(new InspectionError(
                    Check.BLOCKED_NON_BLOCKING_THREAD,
                    test.name() + " blocks a thread that must not block: " + String.join("\n", test.blocked())));
        }
        return found;
    }

    private static List<String> leaked(RunningTest test, Settings settings) throws InterruptedException {
        long deadline = System.nanoTime() + settings.leakGrace().toNanos();
        List<String> leaked = new ArrayList<>(LeakedThreads.of(test, deadline));
        leaked.addAll(LeakedVirtualThreads.of(test, deadline, new Explanation(settings.evidence())));
        return leaked;
    }

    private static void deadlock(RunningTest test, Settings settings, List<InspectionError> found) {
        List<ThreadInfo> deadlock = Deadlocks.news().stream()
                .filter(info -> test.isOn(info.getStackTrace()) || test.made(info.getThreadId()))
                .toList();
        if (!deadlock.isEmpty()) {
            Deadlocks.told(deadlock);
            String names = deadlock.stream()
                    .map(info -> "'" + info.getThreadName() + "'")
                    .collect(Collectors.joining(", "));
            Explanation.Told why = new Explanation(settings.evidence())
                    .why(test.name(), deadlock.get(0).getThreadId());
            found.add(new InspectionError(
                    Check.DEADLOCK,
                    test.name() + " leaves a deadlock of " + names + " behind\n\n" + why.text(),
                    why.evidence()));
        }
    }
}
