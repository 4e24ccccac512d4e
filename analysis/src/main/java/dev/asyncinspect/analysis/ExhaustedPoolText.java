package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Lease;
import dev.asyncinspect.model.Leases;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says of some pools that all they have is out. */
final class ExhaustedPoolText {

    private static final int SHOWN = 5;

    private final Samples samples;
    private final Snapshot snapshot;
    private final List<Resource> pools;
    private final List<Task> waiters;
    private final Set<Long> holders = new LinkedHashSet<>();
    private final LocksBetween locks;
    private final int taken;
    private final long lost;

    ExhaustedPoolText(Samples samples, List<Resource> pools) {
        this.samples = samples;
        this.snapshot = samples.latest();
        this.pools = List.copyOf(pools);
        waiters = pools.stream()
                .flatMap(pool -> LeasedPools.waitersOf(snapshot, pool).stream())
                .toList();
        for (Resource pool : pools) {
            for (Lease lease : leases(pool).taken()) {
                List<Hold> known = lease.holders().orNull();
                if (known != null) {
                    known.forEach(hold -> holders.add(hold.taskId()));
                }
            }
        }
        locks = new LocksBetween(snapshot, waiters, holders);
        taken = pools.stream().mapToInt(pool -> leases(pool).taken().size()).sum();
        lost = pools.stream()
                .flatMap(pool -> leases(pool).taken().stream())
                .filter(Lease::isLost)
                .count();
    }

    private static Leases leases(Resource pool) {
        return Objects.requireNonNull(pool.leases());
    }

    /** Nothing that was taken will be given back before a wait ends. */
    Finding nothingComesBack() {
        String doubt = LeasedPools.doubt(pools);
        String how = lost == taken
                ? "nobody has " + (taken == 1 ? "it" : "them") + " any more"
                : (lost == 0 ? "all of them are" : "nobody has " + lost + " of them any more, the others are")
                        + " held by tasks that wait for one themselves or behind such a task";
        List<Evidence> evidence = evidence();
        evidence.addAll(locks.evidence());
        evidence.add(
                doubt == null
                        ? Evidence.observed("nothing that can go on without one of them reaches what was taken")
                        : Evidence.inferred(
                                "nothing that can go on without one of them reaches what was taken, as far as"
                                        + " a heap dump shows"));
        return finding(
                doubt == null ? Confidence.PROVEN : Confidence.LIKELY,
                outOf() + ": " + how + ". " + waiting() + " for one, and none comes back"
                        + (LeasedPools.isTimed(waiters.stream()) ? " before a wait ends as a failure." : "."),
                evidence,
                doubt);
    }

    /** Some will never be given back. */
    Finding someAreLost() {
        return finding(
                Confidence.LIKELY,
                outOf() + ", and nobody has " + lost + " of them any more: the pool has shrunk by that for good.",
                evidence(),
                "the others are given back in time");
    }

    /** All are with somebody who can still run. */
    Finding allInUse() {
        return finding(
                Confidence.HINT,
                outOf() + ". " + waiting() + " for one.",
                evidence(),
                "the pool is under load and one is given back soon");
    }

    private String waiting() {
        return Words.count(waiters.size(), "task") + (waiters.size() == 1 ? " waits" : " wait");
    }

    private String outOf() {
        String names = pools.stream().map(ExhaustedPoolText::name).collect(Collectors.joining(" and of "));
        String thing = pools.stream().allMatch(pool -> pool.simpleClassName().equals("GenericObjectPool"))
                ? "object"
                : "connection";
        return (taken == 1 ? "The one " + thing : "All " + taken + " " + thing + "s") + " of " + names
                + (taken == 1 ? " is taken" : " are taken");
    }

    private static String name(Resource pool) {
        return pool.name() == null
                ? "the pool " + pool.title()
                : "the pool " + pool.title() + " (" + pool.simpleClassName() + ")";
    }

    private List<Evidence> evidence() {
        List<Evidence> evidence = new ArrayList<>();
        for (Resource pool : pools) {
            Leases leases = leases(pool);
            evidence.add(
                    Evidence.observed(name(pool) + ": " + leases.most() + " at most, " + leases.total() + " there, "
                            + leases.idle() + " idle, " + leases.taken().size() + " taken; "
                            + Words.count(LeasedPools.waitersOf(snapshot, pool).size(), "task") + " waiting"));
            int number = 0;
            for (Lease lease : leases.taken()) {
                if (++number > SHOWN) {
                    evidence.add(Evidence.observed("and " + (leases.taken().size() - SHOWN) + " more"));
                    break;
                }
                boolean observed = lease.holders().provenance() != Provenance.INFERRED;
                String statement = "number " + number + since(lease) + ": " + whoHas(lease.holders());
                evidence.add(observed ? Evidence.observed(statement) : Evidence.inferred(statement));
            }
        }
        return evidence;
    }

    private String since(Lease lease) {
        Instant now = snapshot.takenAt();
        Instant since = lease.since();
        return now == null || since == null || since.isAfter(now)
                ? ""
                : ", taken " + Durations.text(Duration.between(since, now)) + " before";
    }

    private String whoHas(Fact<List<Hold>> holders) {
        List<Hold> known = holders.orNull();
        if (known == null) {
            return "who has it is unknown (" + holders.basis() + ")";
        }
        if (known.isEmpty()) {
            return "nobody has it any more";
        }
        String who = Words.firstOf(known.stream().map(this::who).toList(), 3);
        return "with " + who;
    }

    private String who(Hold hold) {
        Task task = snapshot.task(hold.taskId());
        Frame site = hold.site().orNull();
        return (task == null ? "Task " + TaskNumber.text(hold.taskId()) : task.label())
                + (site == null ? "" : " at " + site.place());
    }

    private Finding finding(
            Confidence confidence, String sentence, List<Evidence> evidence, @Nullable String innocent) {
        Set<Long> culprits = new LinkedHashSet<>(holders);
        if (culprits.isEmpty()) {
            waiters.forEach(task -> culprits.add(task.id()));
        }
        List<Link> chain = new ArrayList<>();
        for (Task waiter : waiters) {
            Resource pool = pools.stream()
                    .filter(each -> each.id()
                            == Objects.requireNonNull(waiter.waiting()).resourceId())
                    .findFirst()
                    .orElseThrow();
            List<Hold> holds = pool.knownHolders();
            chain.add(new Link(
                    waiter.id(),
                    pool.id(),
                    holds.isEmpty() ? null : holds.get(0),
                    holds.isEmpty() ? List.of() : holds.subList(1, holds.size())));
        }
        Set<Long> victims = new TreeSet<>();
        waiters.forEach(task -> victims.add(task.id()));
        victims.removeAll(culprits);
        return new Finding(
                FindingKind.POOL_EXHAUSTED,
                confidence,
                samples.basis(),
                sentence,
                chain,
                false,
                List.copyOf(culprits),
                List.copyOf(victims),
                pools.stream().map(Resource::id).toList(),
                evidence,
                innocent,
                suggestions());
    }

    private List<String> suggestions() {
        boolean nested = waiters.stream().anyMatch(task -> holders.contains(task.id()));
        List<String> suggestions = new ArrayList<>();
        if (nested) {
            suggestions.add("Do not take a second one while holding the first: pass it on, or give the first one back"
                    + " before "
                    + places(waiters.stream()
                            .filter(task -> holders.contains(task.id()))
                            .toList())
                    + ".");
            suggestions.add(
                    "Or limit how many tasks may begin, so that one is always left: a pool that is bigger by the"
                            + " number of tasks that hold one and want another.");
        }
        suggestions.addAll(locks.suggestions());
        if (lost > 0) {
            suggestions.add(
                    "Give back in a try-with-resources or a finally block; look for a way out between taking and"
                            + " giving back.");
            suggestions.add("Let the pool tell: leak detection (HikariCP leakDetectionThreshold, DBCP"
                    + " removeAbandonedOnBorrow, Tomcat logAbandoned).");
        }
        if (suggestions.isEmpty()) {
            suggestions.add("Do not hold one across slow work that needs none.");
        }
        return suggestions;
    }

    /** Where the program asked: the first frame that is neither of the JDK nor of whoever made the pool. */
    private String places(List<Task> asking) {
        Set<String> places = new LinkedHashSet<>();
        for (Task task : asking) {
            String vendor = vendor(task);
            task.stack().frames().stream()
                    .filter(frame -> !frame.isJdk()
                            && !frame.isHidden()
                            && !frame.className().startsWith(vendor))
                    .findFirst()
                    .ifPresent(frame -> places.add(frame.toString()));
        }
        return places.isEmpty() ? "an unknown place" : Words.firstOf(List.copyOf(places), 3);
    }

    private static String vendor(Task task) {
        Frame first = task.stack().firstOutsideJdk();
        String name = first == null ? "" : first.className();
        int second = name.indexOf('.', name.indexOf('.') + 1);
        return second < 0 ? " " : name.substring(0, second + 1);
    }
}
