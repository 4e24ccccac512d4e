package dev.asyncinspect.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.Snapshot;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The engine against a plain reference on many small random graphs, and on two very large ones. */
class DeadlockReferenceTest {

    private static final int GRAPHS = 20_000;

    @Test
    void stuck_tasks_and_deadlocks_are_those_of_the_plain_reference() {
        Random random = new Random(20261123);
        int withDeadlock = 0;
        for (int i = 0; i < GRAPHS; i++) {
            WaitGraph graph = WaitGraph.of(randomScene(random));
            BitSet stuck = StuckTasks.in(graph);
            assertThat(stuck).as("stuck tasks of graph %s", i).isEqualTo(plainStuck(graph, all(graph)));
            List<Deadlock> deadlocks = Deadlock.in(graph);
            check(graph, stuck, deadlocks, i);
            withDeadlock += deadlocks.isEmpty() ? 0 : 1;
        }
        assertThat(withDeadlock).as("graphs with a deadlock").isGreaterThan(GRAPHS / 20);
    }

    private static void check(WaitGraph graph, BitSet stuck, List<Deadlock> deadlocks, int number) {
        Set<Integer> told = new HashSet<>();
        for (Deadlock deadlock : deadlocks) {
            BitSet members = new BitSet();
            for (int member : deadlock.members()) {
                members.set(member);
                assertThat(told.add(member))
                        .as("graph %s: task %s is told once", number, member)
                        .isTrue();
                assertThat(reaches(graph, stuck, member, member))
                        .as("graph %s: %s is on a circle", number, member)
                        .isTrue();
            }
            assertThat(plainStuck(graph, members))
                    .as("graph %s: a deadlock stays stuck whatever the rest does", number)
                    .isEqualTo(members);
            int[] cycle = deadlock.cycle();
            for (int k = 0; k < cycle.length; k++) {
                assertThat(holds(graph, cycle[k], cycle[(k + 1) % cycle.length]))
                        .isTrue();
            }
            assertThat(cycle.length).isEqualTo(plainShortest(graph, members));
        }
        for (Deadlock deadlock : deadlocks) {
            for (int victim : deadlock.victims()) {
                assertThat(told.add(victim))
                        .as("graph %s: victim %s is told once", number, victim)
                        .isTrue();
            }
        }
        assertThat(told).as("graph %s: every stuck task is told", number).hasSize(stuck.cardinality());
    }

    /** Removes whoever can go on until nobody can. */
    private static BitSet plainStuck(WaitGraph graph, BitSet considered) {
        BitSet stuck = (BitSet) considered.clone();
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int task = 0; task < graph.tasks(); task++) {
                if (stuck.get(task) && canGoOn(graph, stuck, task)) {
                    stuck.clear(task);
                    changed = true;
                }
            }
        }
        return stuck;
    }

    private static boolean canGoOn(WaitGraph graph, BitSet stuck, int task) {
        int gate = graph.gateOf(task);
        if (gate == WaitGraph.NONE || graph.holderCount(gate) == 0) {
            return true;
        }
        int free = 0;
        for (int i = 0; i < graph.holderCount(gate); i++) {
            free += stuck.get(graph.holder(gate, i)) ? 0 : 1;
        }
        return graph.needsAll(gate) ? free == graph.holderCount(gate) : free > 0;
    }

    private static boolean holds(WaitGraph graph, int waiter, int holder) {
        int gate = graph.gateOf(waiter);
        for (int i = 0; i < graph.holderCount(gate); i++) {
            if (graph.holder(gate, i) == holder) {
                return true;
            }
        }
        return false;
    }

    private static boolean reaches(WaitGraph graph, BitSet among, int from, int to) {
        BitSet seen = new BitSet();
        Deque<Integer> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            int task = open.removeLast();
            for (int next = among.nextSetBit(0); next >= 0; next = among.nextSetBit(next + 1)) {
                if (holds(graph, task, next)) {
                    if (next == to) {
                        return true;
                    }
                    if (!seen.get(next)) {
                        seen.set(next);
                        open.add(next);
                    }
                }
            }
        }
        return false;
    }

    /** Length of the shortest cycle: powers of the adjacency matrix. */
    private static int plainShortest(WaitGraph graph, BitSet members) {
        int n = graph.tasks();
        boolean[][] step = new boolean[n][n];
        for (int a = members.nextSetBit(0); a >= 0; a = members.nextSetBit(a + 1)) {
            for (int b = members.nextSetBit(0); b >= 0; b = members.nextSetBit(b + 1)) {
                step[a][b] = holds(graph, a, b);
            }
        }
        boolean[][] power = step;
        for (int length = 1; length <= n; length++) {
            for (int a = 0; a < n; a++) {
                if (power[a][a]) {
                    return length;
                }
            }
            boolean[][] next = new boolean[n][n];
            for (int a = 0; a < n; a++) {
                for (int b = 0; b < n; b++) {
                    if (power[a][b]) {
                        for (int c = 0; c < n; c++) {
                            next[a][c] |= step[b][c];
                        }
                    }
                }
            }
            power = next;
        }
        throw new AssertionError("no cycle");
    }

    private static BitSet all(WaitGraph graph) {
        BitSet all = new BitSet();
        all.set(0, graph.tasks());
        return all;
    }

    private static Snapshot randomScene(Random random) {
        Scene scene = new Scene();
        int tasks = 1 + random.nextInt(8);
        int resources = 1 + random.nextInt(6);
        for (int r = 0; r < resources; r++) {
            Scene.Prop resource = scene.resource("R" + r);
            if (random.nextInt(3) == 0) {
                resource.needsAny();
            }
            if (random.nextInt(10) == 0) {
                resource.holdersUnknown();
            }
        }
        for (int t = 0; t < tasks; t++) {
            Scene.Actor task = scene.task("t" + t);
            for (int held = random.nextInt(3); held > 0; held--) {
                task.holds(
                        "R" + random.nextInt(resources),
                        random.nextInt(3) == 0 ? AccessMode.SHARED : AccessMode.EXCLUSIVE);
            }
            if (random.nextInt(10) < 8) {
                task.waitsFor(
                        "R" + random.nextInt(resources),
                        random.nextInt(4) == 0 ? AccessMode.SHARED : AccessMode.EXCLUSIVE,
                        random.nextInt(10) == 0 ? Bound.TIMED : Bound.UNBOUNDED);
            }
        }
        return scene.at(0);
    }

    @Test
    void a_ring_of_half_a_million_tasks_is_one_deadlock() {
        int[] members = Deadlock.in(WaitGraph.of(ring(500_000, true))).get(0).members();
        assertThat(members).hasSize(500_000);
    }

    @Test
    void a_chain_of_half_a_million_tasks_behind_a_pair_is_a_pair_with_victims() {
        List<Deadlock> deadlocks = Deadlock.in(WaitGraph.of(ring(500_000, false)));
        assertThat(deadlocks).hasSize(1);
        assertThat(Arrays.stream(deadlocks.get(0).members())).containsExactly(499_998, 499_999);
        assertThat(deadlocks.get(0).victims()).hasSize(499_998);
    }

    private static Snapshot ring(int tasks, boolean closed) {
        Scene scene = new Scene();
        for (int i = 0; i < tasks; i++) {
            int next = i + 1 < tasks ? i + 1 : closed ? 0 : tasks - 2;
            scene.task("t" + i).holds("R" + i).waitsFor("R" + next);
        }
        return scene.at(0);
    }
}
