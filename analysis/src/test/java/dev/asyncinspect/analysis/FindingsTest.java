package dev.asyncinspect.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.History;
import dev.asyncinspect.model.ResourceKind;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** For each finding: it is found, how sure it is, and that its healthy look-alikes are left alone. */
class FindingsTest {

    // lock-cycle, self-deadlock, class-init-cycle

    @Test
    void two_locks_in_opposite_order_are_a_proven_cycle_of_both_holders() {
        Finding finding = Stories.only(Stories.ask(Stories::crossedLocks));
        assertThat(finding.kind()).isEqualTo(FindingKind.LOCK_CYCLE);
        assertThat(finding.confidence()).isEqualTo(Confidence.PROVEN);
        assertThat(finding.basis()).isEqualTo("same state in 2 samples, 250 ms apart");
        assertThat(finding.tasks()).containsExactly(1L, 2L);
        assertThat(finding.innocent()).isNull();
        assertThat(finding.suggestions().get(0))
                .contains("Main.java:5/10 takes 'A' then 'B'")
                .contains("'B' then 'A'");
    }

    @Test
    void who_waits_behind_a_cycle_is_a_victim_and_no_part_of_it() {
        Finding finding = Stories.only(Stories.ask(scene -> {
            Stories.crossedLocks(scene);
            scene.task("behind").holds("C").waitsFor("A");
            scene.task("further").waitsFor("C");
        }));
        assertThat(finding.tasks()).containsExactly(1L, 2L);
        assertThat(finding.victims()).containsExactly(3L, 4L);
    }

    @Test
    void a_wait_with_a_timeout_is_no_deadlock() {
        assertThat(Stories.proven(scene -> {
                    Stories.crossedLocks(scene);
                    scene.task("a").waitsFor("B", AccessMode.EXCLUSIVE, Bound.TIMED);
                }))
                .isEmpty();
    }

    @Test
    void a_cycle_that_only_the_newest_sample_shows_is_not_told() {
        Scene before = new Scene();
        before.task("a").holds("A");
        before.task("b").holds("B").waitsFor("A");
        Scene after = new Scene();
        Stories.crossedLocks(after);
        assertThat(Analysis.of(History.of(before.at(0), after.at(250)))).isEmpty();
    }

    @Test
    void a_cycle_whose_task_stood_elsewhere_before_is_not_told() {
        Scene before = new Scene();
        Stories.crossedLocks(before);
        before.task("a").at("shop.Main.other").waitsFor("B");
        Scene after = new Scene();
        Stories.crossedLocks(after);
        assertThat(Analysis.of(History.of(before.at(0), after.at(250)))).isEmpty();
    }

    @Test
    void threads_read_one_after_another_make_a_single_sample_only_likely() {
        Scene scene = new Scene().asJson();
        Stories.crossedLocks(scene);
        Finding single = Stories.only(Analysis.of(History.of(scene.at(0))));
        assertThat(single.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(single.innocent()).contains("not read at one instant");
        assertThat(Stories.only(Analysis.of(History.of(scene.at(0), scene.at(250))))
                        .confidence())
                .isEqualTo(Confidence.PROVEN);
    }

    @Test
    void an_inferred_holder_or_an_unknown_bound_is_at_most_likely() {
        Finding inferred = Stories.only(Stories.ask(scene -> {
            Stories.crossedLocks(scene);
            scene.resource("A").holdersInferred();
        }));
        assertThat(inferred.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(inferred.innocent()).contains("inferred (something else)");
        Finding unbounded = Stories.only(Stories.ask(scene -> {
            Stories.crossedLocks(scene);
            scene.task("a").waitsFor("B", AccessMode.EXCLUSIVE, Bound.UNKNOWN);
        }));
        assertThat(unbounded.confidence()).isEqualTo(Confidence.LIKELY);
    }

    @Test
    void unknown_holders_prove_nothing() {
        assertThat(Stories.proven(scene -> {
                    Stories.crossedLocks(scene);
                    scene.resource("A").holdersUnknown();
                }))
                .isEmpty();
    }

    @Test
    void a_permit_that_a_running_task_holds_keeps_a_circle_from_being_a_deadlock() {
        Consumer<Scene> circle = scene -> {
            scene.resource("permits").is(ResourceKind.SEMAPHORE).needsAny();
            scene.task("a").holds("permits").waitsFor("B");
            scene.task("b").holds("B").waitsFor("permits");
        };
        assertThat(Stories.only(Stories.ask(circle)).tasks()).containsExactly(1L, 2L);
        assertThat(Stories.proven(scene -> {
                    circle.accept(scene);
                    scene.task("free").holds("permits");
                }))
                .isEmpty();
    }

    @Test
    void a_writer_waits_for_all_readers_and_a_reader_for_the_writer_alone() {
        assertThat(Stories.only(Stories.ask(scene -> {
                            scene.task("writer").holds("L").waitsFor("RW");
                            scene.task("free").holds("RW", AccessMode.SHARED);
                            scene.task("stuck").holds("RW", AccessMode.SHARED).waitsFor("L");
                        }))
                        .kind())
                .isEqualTo(FindingKind.LOCK_CYCLE);
        assertThat(Stories.proven(scene -> {
                    scene.task("reader").holds("L").waitsFor("RW", AccessMode.SHARED, Bound.UNBOUNDED);
                    scene.task("other").holds("RW", AccessMode.SHARED).waitsFor("L");
                }))
                .isEmpty();
    }

    @Test
    void a_task_that_waits_for_what_it_holds_is_a_self_deadlock() {
        Finding finding = Stories.only(Stories.ask(
                scene -> scene.task("a").holds("RW", AccessMode.SHARED).waitsFor("RW")));
        assertThat(finding.kind()).isEqualTo(FindingKind.SELF_DEADLOCK);
        assertThat(finding.sentence())
                .startsWith("Task #1 'a' (platform) waits for something that only it can release");
    }

    @Test
    void class_initialisers_that_need_each_other_are_a_kind_of_their_own() {
        assertThat(Stories.only(Stories.ask(scene -> {
                            scene.resource("A").is(ResourceKind.CLASS_INIT);
                            scene.resource("B").is(ResourceKind.CLASS_INIT);
                            Stories.crossedLocks(scene);
                        }))
                        .kind())
                .isEqualTo(FindingKind.CLASS_INIT_CYCLE);
    }

    @Test
    void a_class_initialiser_that_waits_for_a_worker_which_was_handed_code_of_the_class() {
        Finding finding = Stories.only(Stories.ask(FindingsTest::initialiserThatWaits));
        assertThat(finding.kind()).isEqualTo(FindingKind.CLASS_INIT_CYCLE);
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.tasks()).containsExactly(1L, 2L);
    }

    @Test
    void a_slow_class_initialiser_whose_class_others_want_is_no_more_than_a_hint() {
        Finding finding = Stories.only(Stories.ask(scene -> {
            initialiserThatWaits(scene);
            scene.task("worker").at("shop.Checkout.pay");
        }));
        assertThat(finding.confidence()).isEqualTo(Confidence.HINT);
        assertThat(Stories.ask(scene -> {
                    initialiserThatWaits(scene);
                    scene.task("starter").waitsFor("work", AccessMode.EXCLUSIVE, Bound.TIMED);
                }))
                .isEmpty();
    }

    private static void initialiserThatWaits(Scene scene) {
        scene.resource("Config").is(ResourceKind.CLASS_INIT);
        scene.resource("work").is(ResourceKind.FUTURE).holdersUnknown();
        scene.task("starter").holds("Config").waitsFor("work");
        scene.task("worker")
                .at("java.util.concurrent.CompletableFuture$AsyncSupply.run")
                .waitsFor("Config");
    }

    // lock-contention

    @Test
    void a_queue_behind_a_holder_that_stands_still_is_contention() {
        Finding finding =
                Stories.only(Stories.ask(scene -> queueBehind(scene, "java.util.concurrent.CountDownLatch.await")));
        assertThat(finding.kind()).isEqualTo(FindingKind.LOCK_CONTENTION);
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.tasks()).containsExactly(1L);
        assertThat(finding.victims()).containsExactly(2L, 3L, 4L);
    }

    @Test
    void followers_behind_a_leader_that_accepts_connections_are_left_alone() {
        assertThat(Stories.ask(scene -> queueBehind(scene, "sun.nio.ch.ServerSocketChannelImpl.accept")))
                .isEmpty();
    }

    @Test
    void a_queue_whose_holder_works_is_left_alone() {
        Scene before = new Scene();
        queueBehind(before, "java.util.concurrent.CountDownLatch.await");
        Scene after = new Scene();
        queueBehind(after, "java.util.concurrent.CountDownLatch.await");
        after.task("holder").cpu(20);
        assertThat(Analysis.of(History.of(before.at(0), after.at(250)))).isEmpty();
    }

    // cpu-bound-task, carrier-starvation

    @Test
    void computing_is_a_hint_on_a_thread_of_its_own_and_likely_on_a_virtual_one() {
        assertThat(Stories.only(computing(false, 250)).confidence()).isEqualTo(Confidence.HINT);
        assertThat(Stories.only(computing(true, 250)).confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(computing(true, 100)).as("40 % of a core is no spin").isEmpty();
    }

    @Test
    void carriers_that_the_same_tasks_keep_while_others_are_queued_are_starved() {
        assertThat(Stories.ask(scene -> mountedTwice(scene).carriers(2, 3)))
                .extracting(Finding::kind)
                .containsExactly(FindingKind.CARRIER_STARVATION);
        assertThat(Stories.ask(scene -> mountedTwice(scene).carriers(2, 0)))
                .as("nobody is queued")
                .isEmpty();
        assertThat(Stories.ask(scene -> mountedTwice(scene).carriers(3, 3)))
                .as("a carrier is free")
                .isEmpty();
    }

    @Test
    void only_a_proven_finding_has_no_innocent_explanation() {
        for (Consumer<Scene> sick :
                List.<Consumer<Scene>>of(Stories::crossedLocks, Stories::starvedPool, Stories::borrowers)) {
            for (Finding finding : Stories.ask(sick)) {
                assertThat(finding.innocent() == null).isEqualTo(finding.confidence() == Confidence.PROVEN);
                assertThat(finding.suggestions()).isNotEmpty();
                assertThat(finding.evidence()).isNotEmpty();
            }
        }
    }

    // scenes

    private static void queueBehind(Scene scene, String holderAt) {
        scene.resource("other").is(ResourceKind.LATCH).holdersUnknown();
        scene.task("holder").at(holderAt, "shop.Main.slow").holds("L").waitsFor("other");
        for (int i = 1; i <= 3; i++) {
            scene.task("waiter-" + i).waitsFor("L");
        }
    }

    private static Scene mountedTwice(Scene scene) {
        scene.task("carrier-1");
        scene.task("carrier-2");
        scene.task("v1").virtualOn("carrier-1");
        scene.task("v2").virtualOn("carrier-2");
        return scene;
    }

    private static List<Finding> computing(boolean virtual, long cpuMillis) {
        Scene before = computingScene(virtual, 0);
        Scene after = computingScene(virtual, cpuMillis);
        return Analysis.of(History.of(before.at(0), after.at(250)));
    }

    private static Scene computingScene(boolean virtual, long cpuMillis) {
        Scene scene = new Scene();
        Scene.Actor task = scene.task("spinner").at("shop.Main.spin");
        if (virtual) {
            task.virtualOn("carrier");
            scene.task("carrier").at("jdk.internal.vm.Continuation.run").cpu(cpuMillis);
        } else {
            task.cpu(cpuMillis);
        }
        return scene;
    }
}
