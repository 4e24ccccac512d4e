package dev.asyncinspect.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.History;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Random programs that mix monitors, locks, futures, pools, conditions and permits: who is stuck is told once, and rightly. */
class MixedCyclesTest {

    private static final int PROGRAMS = 3_000;

    private static final Set<FindingKind> CIRCLES = EnumSet.of(
            FindingKind.LOCK_CYCLE,
            FindingKind.SELF_DEADLOCK,
            FindingKind.FUTURE_CYCLE,
            FindingKind.POOL_STARVATION,
            FindingKind.LOST_SIGNAL);

    @Test
    void whoever_is_stuck_in_or_behind_a_circle_is_told_once_whatever_it_goes_through() {
        Random random = new Random(20261126);
        Set<FindingKind> seen = new HashSet<>();
        for (int i = 0; i < PROGRAMS; i++) {
            Snapshot program = randomProgram(random);
            List<Long> told = new ArrayList<>();
            for (Finding finding : Analysis.of(History.of(program))) {
                if (finding.cycle()) {
                    told.addAll(finding.tasks());
                    told.addAll(finding.victims());
                    seen.add(finding.kind());
                    assertThat(finding.kind()).as("program %s", i).isEqualTo(plainKind(program, finding));
                    assertThat(plainStuck(program, new TreeSet<>(finding.tasks())))
                            .as("program %s: the culprits are stuck by themselves, without the victims", i)
                            .containsExactlyInAnyOrderElementsOf(finding.tasks());
                }
            }
            assertThat(told).as("program %s", i).doesNotHaveDuplicates();
            assertThat(new TreeSet<>(told)).as("program %s", i).isEqualTo(plainStuck(program, ids(program)));
        }
        assertThat(seen).as("every kind of circle came up").isEqualTo(CIRCLES);
    }

    private static Set<Long> ids(Snapshot program) {
        Set<Long> ids = new TreeSet<>();
        program.tasks().forEach(task -> ids.add(task.id()));
        return ids;
    }

    /** By the definition: of these tasks, those that are left when whoever can go on has gone on. */
    private static Set<Long> plainStuck(Snapshot program, Set<Long> tasks) {
        Set<Long> stuck = new TreeSet<>(tasks);
        while (stuck.removeIf(id -> canGoOn(program, program.task(id), stuck))) {
            // until nobody can
        }
        return stuck;
    }

    private static boolean canGoOn(Snapshot program, Task task, Set<Long> stuck) {
        Wait wait = task.waiting();
        if (wait == null || wait.bound() == Bound.TIMED) {
            return true;
        }
        Resource resource = program.resource(wait.resourceId());
        boolean all = resource.needs() == Resource.Needs.ALL_HOLDERS;
        List<Hold> inTheWay = resource.knownHolders().stream()
                .filter(hold -> !all || wait.mode() != AccessMode.SHARED || hold.mode() == AccessMode.EXCLUSIVE)
                .toList();
        return inTheWay.isEmpty()
                || (all
                        ? inTheWay.stream().noneMatch(hold -> stuck.contains(hold.taskId()))
                        : inTheWay.stream().anyMatch(hold -> !stuck.contains(hold.taskId())));
    }

    private static FindingKind plainKind(Snapshot program, Finding finding) {
        Set<ResourceKind> kinds = EnumSet.noneOf(ResourceKind.class);
        Set<AccessMode> modes = EnumSet.noneOf(AccessMode.class);
        for (long id : finding.resources()) {
            Resource resource = program.resource(id);
            kinds.add(resource.kind());
            resource.knownHolders().forEach(hold -> modes.add(hold.mode()));
        }
        if (kinds.contains(ResourceKind.FUTURE)) {
            return modes.contains(AccessMode.WILL_RUN) ? FindingKind.POOL_STARVATION : FindingKind.FUTURE_CYCLE;
        }
        if (modes.contains(AccessMode.REACHES)) {
            return FindingKind.LOST_SIGNAL;
        }
        return finding.tasks().size() == 1 ? FindingKind.SELF_DEADLOCK : FindingKind.LOCK_CYCLE;
    }

    private static Snapshot randomProgram(Random random) {
        Scene scene = new Scene().asHeap();
        int resources = 1 + random.nextInt(6);
        AccessMode[] held = new AccessMode[resources];
        for (int r = 0; r < resources; r++) {
            Scene.Prop resource = scene.resource("R" + r);
            held[r] = switch (random.nextInt(6)) {
                case 0 -> {
                    resource.is(ResourceKind.MONITOR);
                    yield AccessMode.EXCLUSIVE;
                }
                case 1 -> {
                    resource.is(ResourceKind.SEMAPHORE).needsAny();
                    yield AccessMode.SHARED;
                }
                case 2 -> {
                    resource.is(ResourceKind.FUTURE).needsAny();
                    yield random.nextBoolean() ? AccessMode.RUNS : AccessMode.WILL_RUN;
                }
                case 3 -> {
                    resource.is(ResourceKind.CONDITION).needsAny();
                    yield AccessMode.REACHES;
                }
                case 4 -> {
                    resource.is(ResourceKind.READ_WRITE_LOCK);
                    yield AccessMode.SHARED;
                }
                default -> AccessMode.EXCLUSIVE;
            };
            if (random.nextInt(12) == 0) {
                resource.holdersUnknown();
            }
        }
        int tasks = 1 + random.nextInt(8);
        for (int t = 0; t < tasks; t++) {
            Scene.Actor task = scene.task("t" + t);
            for (int holds = random.nextInt(3); holds > 0; holds--) {
                int r = random.nextInt(resources);
                task.holds("R" + r, held[r]);
            }
            if (random.nextInt(10) < 8) {
                task.waitsFor(
                        "R" + random.nextInt(resources),
                        random.nextInt(5) == 0 ? AccessMode.SHARED : AccessMode.EXCLUSIVE,
                        random.nextInt(10) == 0 ? Bound.TIMED : Bound.UNBOUNDED);
            }
        }
        return scene.at(0);
    }
}
