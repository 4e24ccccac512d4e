package dev.asyncinspect.analysis;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.LockOrder;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceHistory;
import dev.asyncinspect.model.TaskNumber;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code lock-order-inversion}: two tasks took two locks in opposite orders. It went well, this time. */
final class LockOrderInversions implements Question {

    /*
     *   Task 1: A … B          Task 2: B … A          each order alone is fine
     *
     * It cannot come to a deadlock if both hold a third lock meanwhile (a gate), if a lock is only ever read by both, if one takes its
     * second lock by tryLock (that is no order, and not recorded as one), or if the one is always over before the other begins: one
     * thread does both, or one task is created, or waits, until the other is so far (see Precedence). Who asks for what is there
     * already waits for nothing and is not recorded; so if a task had ended before the other took its first lock, it is a hint, and nothing if the
     * other had created it: who does so asks for what came of it, as a rule. What has
     * come to a deadlock is told as that, and not again here.
     */

    /** Two orders that contradict each other, and who did so. */
    private record Inversion(LockOrder one, LockOrder other, long oneTask, long otherTask, boolean met) {}

    @Override
    public List<Finding> ask(Samples samples) {
        Recording recording = samples.recording();
        if (recording == null) {
            return List.of();
        }
        Set<Long> deadlocked = new HashSet<>();
        for (StandingDeadlock deadlock : samples.deadlocks()) {
            deadlock.resources().stream().map(Resource::id).forEach(deadlocked::add);
        }
        Map<Object, List<Inversion>> byPlaces = new LinkedHashMap<>();
        for (Inversion found : inversions(recording)) {
            if (!deadlocked.contains(found.one.firstId()) && !deadlocked.contains(found.one.secondId())) {
                byPlaces.computeIfAbsent(places(found), p -> new ArrayList<>()).add(found);
            }
        }
        return byPlaces.values().stream()
                .map(alike -> finding(samples, recording, alike))
                .toList();
    }

    private static Set<Object> places(Inversion found) {
        return Set.of(
                List.of(Recorded.place(found.one.firstSite()), Recorded.place(found.one.secondSite())),
                List.of(Recorded.place(found.other.firstSite()), Recorded.place(found.other.secondSite()), ""));
    }

    private static List<Inversion> inversions(Recording recording) {
        Map<List<Long>, List<LockOrder>> byLocks = new HashMap<>();
        for (LockOrder order : recording.lockOrders()) {
            byLocks.computeIfAbsent(List.of(order.firstId(), order.secondId()), l -> new ArrayList<>())
                    .add(order);
        }
        Precedence precedence = new Precedence(recording);
        List<Inversion> found = new ArrayList<>();
        for (LockOrder one : recording.lockOrders()) {
            if (one.firstId() < one.secondId()) {
                for (LockOrder other : byLocks.getOrDefault(List.of(one.secondId(), one.firstId()), List.of())) {
                    Inversion inversion = couldMeet(one, other) ? byTwo(precedence, one, other) : null;
                    if (inversion != null) {
                        found.add(inversion);
                    }
                }
            }
        }
        return found;
    }

    private static boolean couldMeet(LockOrder one, LockOrder other) {
        return Collections.disjoint(one.gates(), other.gates())
                && excludes(one.firstMode(), other.secondMode())
                && excludes(other.firstMode(), one.secondMode());
    }

    private static boolean excludes(AccessMode held, AccessMode wanted) {
        return held == AccessMode.EXCLUSIVE || wanted == AccessMode.EXCLUSIVE;
    }

    /** Those two who did it while both lived, if there are such. */
    private static @Nullable Inversion byTwo(Precedence precedence, LockOrder one, LockOrder other) {
        Inversion apart = null;
        for (LockOrder.Taking mine : one.takings()) {
            for (LockOrder.Taking theirs : other.takings()) {
                if (precedence.isOpen(mine, theirs) && !precedence.isOfItsCreator(mine, theirs)) {
                    boolean met = precedence.metAlive(mine, theirs);
                    Inversion found = new Inversion(one, other, mine.taskId(), theirs.taskId(), met);
                    if (met) {
                        return found;
                    }
                    apart = apart == null ? found : apart;
                }
            }
        }
        return apart;
    }

    private static Finding finding(Samples samples, Recording recording, List<Inversion> alike) {
        Inversion first = alike.stream().filter(Inversion::met).findFirst().orElse(alike.get(0));
        LockOrder one = first.one;
        LockOrder other = first.other;
        String a = name(recording, one.firstId(), one.secondId());
        String b = name(recording, one.secondId(), one.firstId());
        String more =
                alike.size() == 1 ? "" : ", and " + Words.count(alike.size() - 1L, "more pair") + " of locks alike";
        return new Finding(
                FindingKind.LOCK_ORDER_INVERSION,
                first.met ? Confidence.LIKELY : Confidence.HINT,
                samples.basis(),
                "Two tasks took " + a + " and " + b + " in opposite orders" + more
                        + ": if they meet in between, neither can ever go on.",
                List.of(),
                false,
                List.of(first.oneTask, first.otherTask),
                List.of(),
                List.of(one.firstId(), one.secondId()),
                List.of(
                        Evidence.observed(told(first.oneTask, a, b, one)),
                        Evidence.observed(told(first.otherTask, b, a, other)),
                        Evidence.observed("no third lock was held by both, and "
                                + (first.met
                                        ? "both tasks lived at the same time"
                                        : "one had ended before the other took its first lock"))),
                first.met
                        ? "something else never lets them meet"
                        : "the one always waits for the end of the other: a wait for what is there already is not"
                                + " recorded",
                List.of(
                        "Take the locks in one order everywhere: " + a + " before " + b + ", say.",
                        "Where no order exists, use tryLock with a timeout, release what is held and try again."));
    }

    private static String told(long task, String first, String second, LockOrder order) {
        return "Task " + TaskNumber.text(task) + " took " + first + " at " + Recorded.place(order.firstSite())
                + ", then " + second
                + " at " + Recorded.place(order.secondSite())
                + (order.times() == 1 ? "" : ", " + order.times() + " times");
    }

    /** Two of one name are told apart by their numbers. */
    private static String name(Recording recording, long id, long other) {
        String name = name(recording, id);
        boolean alike = name != null && name.equals(name(recording, other));
        return name == null ? "Resource#" + id : "'" + name + "'" + (alike ? " #" + id : "");
    }

    private static @Nullable String name(Recording recording, long id) {
        ResourceHistory resource = recording.resource(id);
        return resource == null ? null : resource.name();
    }
}
