package dev.asyncinspect.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.FailedWork;
import dev.asyncinspect.model.History;
import dev.asyncinspect.model.ResourceKind;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is found where a heap tells who could still reach what is waited for. */
class HeapFindingsTest {

    private static Consumer<Scene> waitsFor(ResourceKind kind, String name) {
        return scene -> {
            scene.resource("it").is(kind).ofClass("shop.It").needsAny();
            scene.task(name).waitsFor("it");
        };
    }

    // orphaned-future

    @Test
    void a_future_that_nobody_reaches_is_orphaned() {
        Finding finding = Stories.only(Stories.askHeap(waitsFor(ResourceKind.FUTURE, "asker")));
        assertThat(finding.kind()).isEqualTo(FindingKind.ORPHANED_FUTURE);
        assertThat(finding.confidence()).isEqualTo(Confidence.PROVEN);
        assertThat(finding.basis()).isEqualTo("one heap dump, all its objects at one instant");
        assertThat(finding.tasks()).containsExactly(1L);
    }

    @Test
    void a_wait_set_that_nobody_reaches_is_lost_for_sure_only_if_somebody_waits_behind_it() {
        Consumer<Scene> alone = scene -> {
            scene.resource("it").is(ResourceKind.CONDITION).ofClass("shop.It").needsAny();
            scene.task("waiter").at("java.lang.Object.wait0", "shop.Main.pass").waitsFor("it");
        };
        Finding likely = Stories.only(Stories.askHeap(alone));
        assertThat(likely.kind()).isEqualTo(FindingKind.LOST_SIGNAL);
        assertThat(likely.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(Stories.only(Stories.askHeap(
                                alone.andThen(scene -> scene.task("waiter").daemon())))
                        .confidence())
                .as("a worker of some pool that was forgotten")
                .isEqualTo(Confidence.HINT);
        Finding proven = Stories.only(Stories.askHeap(alone.andThen(scene -> {
            scene.resource("end").is(ResourceKind.THREAD_END);
            scene.task("waiter").holds("end", AccessMode.RUNS);
            scene.task("joins").waitsFor("end");
        })));
        assertThat(proven.confidence()).isEqualTo(Confidence.PROVEN);
        assertThat(proven.victims()).hasSize(1);
    }

    @Test
    void what_the_heap_may_lack_makes_it_likely_and_is_told() {
        Finding finding = Stories.only(Stories.askHeap(scene -> {
            waitsFor(ResourceKind.FUTURE, "asker").accept(scene);
            scene.resource("it").holdersInferred();
        }));
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.innocent()).isEqualTo("something else");
    }

    @Test
    void a_future_that_something_running_reaches_is_left_alone() {
        assertThat(Stories.askHeap(scene -> {
                    waitsFor(ResourceKind.FUTURE, "asker").accept(scene);
                    scene.resource("it").holdersUnknown();
                }))
                .isEmpty();
    }

    @Test
    void a_wait_with_a_timeout_is_left_alone() {
        assertThat(Stories.askHeap(scene -> {
                    waitsFor(ResourceKind.FUTURE, "asker").accept(scene);
                    scene.task("asker").waitsFor("it", AccessMode.EXCLUSIVE, Bound.TIMED);
                }))
                .isEmpty();
    }

    @Test
    void other_sources_cannot_tell_that_nobody_reaches_it() {
        for (Scene scene : List.of(new Scene(), new Scene().asJson(), new Scene().attached())) {
            waitsFor(ResourceKind.FUTURE, "asker").accept(scene);
            assertThat(Analysis.of(History.of(scene.at(0), scene.at(250)))).isEmpty();
        }
    }

    @Test
    void those_who_wait_at_one_place_are_told_together_and_who_waits_behind_them_as_victims() {
        Finding finding = Stories.only(Stories.askHeap(scene -> {
            for (int i = 1; i <= 3; i++) {
                scene.resource("f" + i).is(ResourceKind.FUTURE).needsAny();
                scene.task("asker-" + i).at("shop.Main.ask").waitsFor("f" + i);
            }
            scene.task("asker-1").holds("L");
            scene.task("behind").waitsFor("L").holds("M");
            scene.task("further").waitsFor("M");
        }));
        assertThat(finding.tasks()).containsExactly(1L, 2L, 3L);
        assertThat(finding.victims()).containsExactly(4L, 5L);
    }

    // lost-signal

    @ParameterizedTest
    @EnumSource(
            value = ResourceKind.class,
            names = {"LATCH", "CONDITION", "QUEUE", "READ_WRITE_LOCK"})
    void a_signal_that_nobody_can_give_is_lost(ResourceKind kind) {
        Finding finding = Stories.only(Stories.askHeap(waitsFor(kind, "waiter")));
        assertThat(finding.kind()).isEqualTo(FindingKind.LOST_SIGNAL);
        assertThat(finding.confidence()).isEqualTo(Confidence.PROVEN);
    }

    // permit-leak

    @Test
    void a_semaphore_that_nobody_can_release_has_lost_its_permits() {
        Finding finding = Stories.only(Stories.askHeap(waitsFor(ResourceKind.SEMAPHORE, "waiter")));
        assertThat(finding.kind()).isEqualTo(FindingKind.PERMIT_LEAK);
        assertThat(finding.confidence()).isEqualTo(Confidence.PROVEN);
        assertThat(finding.sentence())
                .isEqualTo(
                        "1 task waits at Main.java:10 for a permit of a semaphore that nobody is left to give back.");
    }

    @Test
    void a_semaphore_that_something_running_reaches_is_left_alone() {
        assertThat(Stories.askHeap(scene -> {
                    waitsFor(ResourceKind.SEMAPHORE, "waiter").accept(scene);
                    scene.resource("it").holdersUnknown();
                }))
                .isEmpty();
    }

    @Test
    void several_latches_are_told_in_a_sentence_that_reads_well() {
        Finding finding = Stories.only(Stories.askHeap(scene -> {
            for (int i = 1; i <= 2; i++) {
                scene.resource("gate-" + i).is(ResourceKind.LATCH).needsAny();
                scene.task("guide-" + i).at("shop.Main.tour").waitsFor("gate-" + i);
            }
        }));
        assertThat(finding.sentence())
                .isEqualTo("2 tasks wait at Source.java:7 for latches that nobody is left to signal.");
    }

    @Test
    void a_main_thread_that_keeps_its_jvm_alive_is_only_a_hint_unless_somebody_waits_behind_it() {
        assertThat(Stories.only(Stories.askHeap(waitsFor(ResourceKind.LATCH, "main")))
                        .confidence())
                .isEqualTo(Confidence.HINT);
        assertThat(Stories.only(Stories.askHeap(scene -> {
                            waitsFor(ResourceKind.LATCH, "main").accept(scene);
                            scene.task("main").holds("L");
                            scene.task("behind").waitsFor("L");
                        }))
                        .confidence())
                .isEqualTo(Confidence.PROVEN);
    }

    @Test
    void a_consumer_of_a_forgotten_queue_may_only_not_have_been_stopped() {
        Finding finding = Stories.only(Stories.askHeap(scene -> {
            waitsFor(ResourceKind.QUEUE, "consumer").accept(scene);
            scene.task("consumer").at("java.util.concurrent.LinkedBlockingQueue.take", "shop.Main.serve");
        }));
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.innocent()).contains("ought to have been stopped");
    }

    @Test
    void idle_workers_of_a_forgotten_pool_are_left_alone() {
        assertThat(Stories.askHeap(scene -> {
                    waitsFor(ResourceKind.QUEUE, "pool-1-thread-1").accept(scene);
                    scene.task("pool-1-thread-1")
                            .at(
                                    "java.util.concurrent.LinkedBlockingQueue.take",
                                    "java.util.concurrent.ThreadPoolExecutor.getTask");
                }))
                .isEmpty();
    }

    @Test
    void two_who_could_only_signal_each_other_are_a_circle() {
        Finding finding = Stories.only(Stories.askHeap(scene -> {
            scene.resource("left").is(ResourceKind.LATCH).needsAny();
            scene.resource("right").is(ResourceKind.LATCH).needsAny();
            scene.task("a").holds("left", AccessMode.REACHES).waitsFor("right");
            scene.task("b").holds("right", AccessMode.REACHES).waitsFor("left");
        }));
        assertThat(finding.kind()).isEqualTo(FindingKind.LOST_SIGNAL);
        assertThat(finding.cycle()).isTrue();
        assertThat(finding.confidence()).isEqualTo(Confidence.PROVEN);
    }

    // never-started

    @Test
    void work_that_was_turned_away_is_never_started_and_not_told_twice() {
        Finding finding = Stories.only(
                Stories.askHeap(waitsFor(ResourceKind.FUTURE, "asker").andThen(s -> s.unstarted("it", null, null))));
        assertThat(finding.kind()).isEqualTo(FindingKind.NEVER_STARTED);
        assertThat(finding.confidence()).isEqualTo(Confidence.PROVEN);
        assertThat(finding.sentence()).endsWith("nobody has begun: no pool has it, and nobody else does.");
    }

    @Test
    void work_in_a_pool_without_workers_is_likely_never_started_while_something_reaches_the_pool() {
        Finding finding = Stories.only(Stories.askHeap(scene -> {
            waitsFor(ResourceKind.FUTURE, "asker").accept(scene);
            scene.resource("it").holdersUnknown();
            scene.unstarted("it", "pool", null);
        }));
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.innocent()).contains("hands it more work");
        assertThat(finding.sentence()).contains("it lies in the queue of Pool 'pool'");
    }

    @Test
    void a_thread_that_is_reached_may_only_not_have_been_started_yet() {
        Finding finding = Stories.only(Stories.askHeap(scene -> {
            waitsFor(ResourceKind.FUTURE, "asker").accept(scene);
            scene.resource("it").holdersUnknown();
            scene.unstarted("it", null, "late");
        }));
        assertThat(finding.confidence()).isEqualTo(Confidence.HINT);
        assertThat(finding.sentence()).endsWith("Thread 'late', made to run it, was never started.");
    }

    @Test
    void who_waits_with_a_timeout_for_work_that_was_never_started_is_left_alone() {
        assertThat(Stories.askHeap(scene -> {
                    waitsFor(ResourceKind.FUTURE, "asker").accept(scene);
                    scene.task("asker").waitsFor("it", AccessMode.EXCLUSIVE, Bound.TIMED);
                    scene.unstarted("it", "pool", null);
                }))
                .isEmpty();
    }

    @Test
    void work_that_lies_where_only_stuck_tasks_reach_it_is_told_with_their_circle_alone() {
        Finding finding = Stories.only(Stories.askHeap(scene -> {
            scene.resource("f").is(ResourceKind.FUTURE).needsAny();
            scene.task("worker").holds("f", AccessMode.WILL_RUN).waitsFor("f");
            scene.unstarted("f", null, null);
        }));
        assertThat(finding.kind()).isEqualTo(FindingKind.POOL_STARVATION);
    }

    // swallowed-failure

    @Test
    void a_periodic_task_that_failed_is_told_with_what_it_threw() {
        Finding finding = Stories.only(Stories.askHeap(scene -> scene.failed(
                new FailedWork(true, "F", "java.lang.IllegalStateException", "no paper", "shop.Printer"))));
        assertThat(finding.kind()).isEqualTo(FindingKind.SWALLOWED_FAILURE);
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.sentence())
                .endsWith("never run again: IllegalStateException: no paper, thrown in shop.Printer.");
    }

    @Test
    void other_failures_are_a_hint_where_somebody_waits_in_vain_and_left_alone_elsewhere() {
        FailedWork failed = new FailedWork(false, "F", "java.io.IOException", null, null);
        assertThat(Stories.askHeap(scene -> scene.failed(failed))).isEmpty();
        List<Finding> findings =
                Stories.askHeap(waitsFor(ResourceKind.FUTURE, "asker").andThen(scene -> scene.failed(failed)));
        assertThat(findings)
                .extracting(Finding::kind)
                .containsExactly(FindingKind.ORPHANED_FUTURE, FindingKind.SWALLOWED_FAILURE);
        assertThat(findings.get(1).confidence()).isEqualTo(Confidence.HINT);
        assertThat(findings.get(1).sentence())
                .isEqualTo("While 1 task waits for ever, other futures have failed: IOException.");
    }

    // ownerless-lock

    @Test
    void a_lock_whose_owner_has_ended_is_ownerless() {
        Finding finding = Stories.only(Stories.askHeap(scene -> {
            scene.task("gone").holds("L").ended();
            scene.task("heir").waitsFor("L");
            scene.task("next").waitsFor("L");
        }));
        assertThat(finding.kind()).isEqualTo(FindingKind.OWNERLESS_LOCK);
        assertThat(finding.confidence()).isEqualTo(Confidence.PROVEN);
        assertThat(finding.tasks()).containsExactly(1L);
        assertThat(finding.victims()).containsExactly(2L, 3L);
    }

    @Test
    void who_waits_for_an_owner_that_has_ended_is_not_told_again_as_a_queue() {
        Scene scene = new Scene();
        scene.task("gone").holds("L").ended();
        scene.task("heir").waitsFor("L");
        scene.task("next").waitsFor("L");
        assertThat(Analysis.of(History.of(scene.at(0), scene.at(300))))
                .extracting(Finding::kind)
                .containsExactly(FindingKind.OWNERLESS_LOCK);
    }

    @Test
    void a_lock_with_a_living_owner_and_a_wait_with_a_timeout_are_left_alone() {
        assertThat(Stories.askHeap(scene -> {
                    scene.task("alive").holds("L");
                    scene.task("heir").waitsFor("L");
                    scene.task("gone").holds("M").ended();
                    scene.task("patient").waitsFor("M", AccessMode.EXCLUSIVE, Bound.TIMED);
                }))
                .isEmpty();
    }
}
