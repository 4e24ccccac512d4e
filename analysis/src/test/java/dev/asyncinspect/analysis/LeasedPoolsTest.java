package dev.asyncinspect.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Lease;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the objects of pools say about who has what they gave out. */
class LeasedPoolsTest {

    private static final Lease LOST = new Lease(Fact.observed(List.of()), null);
    private static final Lease SOMEWHERE = new Lease(Fact.unknown("something that can still run reaches it"), null);

    private static Lease with(long... tasks) {
        List<Hold> holds = LongStream.of(tasks)
                .mapToObj(task -> new Hold(task, AccessMode.SHARED, Fact.unknown("no frame near to it")))
                .toList();
        return new Lease(Fact.observed(holds), null);
    }

    @Test
    void connections_that_nobody_has_any_more_are_proven_lost() {
        Finding finding = Stories.only(Stories.askHeap(scene -> {
            scene.resource("tickets").gaveOut(2, LOST, LOST);
            scene.task("clerk").waitsFor("tickets", AccessMode.EXCLUSIVE, Bound.TIMED);
        }));
        assertThat(finding.kind()).isEqualTo(FindingKind.POOL_EXHAUSTED);
        assertThat(finding.confidence()).isEqualTo(Confidence.PROVEN);
        assertThat(finding.tasks()).containsExactly(1L);
        assertThat(finding.sentence())
                .startsWith("All 2 connections of the pool 'tickets'")
                .endsWith("nobody has them any more. 1 task waits for one, and none comes back before a wait ends as a"
                        + " failure.");
    }

    @Test
    void a_wait_without_a_timeout_is_not_said_to_end() {
        Finding finding = Stories.only(Stories.askHeap(scene -> {
            scene.resource("tickets").gaveOut(1, LOST);
            scene.task("clerk").waitsFor("tickets");
        }));
        assertThat(finding.sentence()).endsWith("and none comes back.");
    }

    @Test
    void tasks_that_each_want_a_second_one_are_the_cause_and_the_others_wait_behind_them() {
        Finding finding = Stories.only(Stories.askHeap(scene -> {
            scene.task("one").holds("P", AccessMode.SHARED).waitsFor("P", AccessMode.EXCLUSIVE, Bound.TIMED);
            scene.task("two").holds("P", AccessMode.SHARED).waitsFor("P", AccessMode.EXCLUSIVE, Bound.TIMED);
            scene.task("late").waitsFor("P", AccessMode.EXCLUSIVE, Bound.TIMED);
            scene.resource("P").gaveOut(2, with(1), with(2));
        }));
        assertThat(finding.confidence()).isEqualTo(Confidence.PROVEN);
        assertThat(finding.tasks()).containsExactly(1L, 2L);
        assertThat(finding.victims()).containsExactly(3L);
        assertThat(finding.suggestions().get(0)).startsWith("Do not take a second one while holding the first");
    }

    @Test
    void a_lock_that_is_held_while_waiting_for_the_pool_and_needed_to_give_back_is_named() {
        Finding finding = Stories.only(Stories.askHeap(scene -> {
            scene.task("user").holds("P", AccessMode.SHARED).waitsFor("M");
            scene.task("renewer").holds("M").waitsFor("P");
            scene.resource("P").gaveOut(1, with(1));
        }));
        assertThat(finding.kind()).isEqualTo(FindingKind.POOL_EXHAUSTED);
        assertThat(finding.evidence())
                .extracting(Evidence::statement)
                .anyMatch(statement -> statement.startsWith("Task #1 'user'")
                        && statement.endsWith("which Task #2 'renewer' (platform) holds while it waits for the pool"));
        assertThat(finding.suggestions().get(0)).startsWith("Do not wait for the pool while holding ");
    }

    @Test
    void a_lock_between_two_that_do_not_wait_for_the_pool_is_left_out() {
        Finding finding = Stories.only(Stories.askHeap(scene -> {
            scene.task("user").holds("P", AccessMode.SHARED).waitsFor("M");
            scene.task("busy").holds("M");
            scene.task("clerk").waitsFor("P");
            scene.resource("P").gaveOut(1, with(1)).holdersUnknown();
        }));
        assertThat(finding.confidence()).isEqualTo(Confidence.HINT);
        assertThat(finding.evidence())
                .noneMatch(evidence -> evidence.statement().contains("while it waits for the pool"));
        assertThat(finding.suggestions()).noneMatch(suggestion -> suggestion.startsWith("Do not wait for the pool"));
    }

    @Test
    void two_pools_whose_holders_wait_for_each_other_are_one_finding() {
        Finding finding = Stories.only(Stories.askHeap(scene -> {
            scene.task("one").holds("A", AccessMode.SHARED).waitsFor("B");
            scene.task("two").holds("B", AccessMode.SHARED).waitsFor("A");
            scene.resource("A").gaveOut(1, with(1));
            scene.resource("B").gaveOut(1, with(2));
        }));
        assertThat(finding.kind()).isEqualTo(FindingKind.POOL_EXHAUSTED);
        assertThat(finding.tasks()).containsExactlyInAnyOrder(1L, 2L);
        assertThat(finding.resources()).hasSize(2);
    }

    @Test
    void what_the_heap_may_lack_makes_it_likely_and_is_told() {
        Finding finding = Stories.only(Stories.askHeap(scene -> {
            scene.resource("P").gaveOut(1, LOST).holdersInferred();
            scene.task("clerk").waitsFor("P");
        }));
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.innocent()).isEqualTo("something else");
    }

    @Test
    void some_that_are_lost_are_likely_while_others_may_come_back() {
        Finding finding = Stories.only(Stories.askHeap(scene -> {
            scene.resource("P").gaveOut(2, LOST, SOMEWHERE).holdersUnknown();
            scene.task("clerk").waitsFor("P");
        }));
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.innocent()).isEqualTo("the others are given back in time");
    }

    @Test
    void a_pool_at_work_is_no_more_than_a_hint_that_says_who_has_what() {
        Finding finding = Stories.only(Stories.askHeap(scene -> {
            scene.task("busy");
            scene.resource("P").gaveOut(1, with(1)).holdersUnknown();
            scene.task("clerk").waitsFor("P");
        }));
        assertThat(finding.confidence()).isEqualTo(Confidence.HINT);
        assertThat(finding.evidence()).anyMatch(evidence -> evidence.statement().contains("with Task #1 'busy'"));
    }

    @Test
    void a_pool_that_may_make_another_one_and_one_that_nobody_waits_for_are_left_alone() {
        assertThat(Stories.askHeap(scene -> {
                    scene.resource("P").gaveOut(3, LOST, LOST).holdersUnknown();
                    scene.task("clerk").waitsFor("P");
                    scene.resource("Q").gaveOut(1, LOST);
                }))
                .isEmpty();
    }
}
