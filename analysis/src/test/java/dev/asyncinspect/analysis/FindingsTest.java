package dev.asyncinspect.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.History;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** For each finding: it is found, how sure it is, and that its healthy look-alikes are left alone. */
class FindingsTest {

    private static final String FUTURE_TASK = "java.util.concurrent.FutureTask";
    private static final String WORKER = "java.util.concurrent.ThreadPoolExecutor.runWorker";

    // lock-cycle, self-deadlock, class-init-cycle

    @Test
    void two_locks_in_opposite_order_are_a_proven_cycle_of_both_holders() {
        Finding finding = only(ask(FindingsTest::crossedLocks));
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
        Finding finding = only(ask(scene -> {
            crossedLocks(scene);
            scene.task("behind").holds("C").waitsFor("A");
            scene.task("further").waitsFor("C");
        }));
        assertThat(finding.tasks()).containsExactly(1L, 2L);
        assertThat(finding.victims()).containsExactly(3L, 4L);
    }

    @Test
    void a_wait_with_a_timeout_is_no_deadlock() {
        assertThat(proven(scene -> {
                    crossedLocks(scene);
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
        crossedLocks(after);
        assertThat(Analysis.of(History.of(before.at(0), after.at(250)))).isEmpty();
    }

    @Test
    void a_cycle_whose_task_stood_elsewhere_before_is_not_told() {
        Scene before = new Scene();
        crossedLocks(before);
        before.task("a").at("shop.Main.other").waitsFor("B");
        Scene after = new Scene();
        crossedLocks(after);
        assertThat(Analysis.of(History.of(before.at(0), after.at(250)))).isEmpty();
    }

    @Test
    void threads_read_one_after_another_make_a_single_sample_only_likely() {
        Scene scene = new Scene().asJson();
        crossedLocks(scene);
        Finding single = only(Analysis.of(History.of(scene.at(0))));
        assertThat(single.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(single.innocent()).contains("not read at one instant");
        assertThat(only(Analysis.of(History.of(scene.at(0), scene.at(250)))).confidence())
                .isEqualTo(Confidence.PROVEN);
    }

    @Test
    void an_inferred_holder_or_an_unknown_bound_is_at_most_likely() {
        Finding inferred = only(ask(scene -> {
            crossedLocks(scene);
            scene.resource("A").holdersInferred();
        }));
        assertThat(inferred.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(inferred.innocent()).contains("inferred (something else)");
        Finding unbounded = only(ask(scene -> {
            crossedLocks(scene);
            scene.task("a").waitsFor("B", AccessMode.EXCLUSIVE, Bound.UNKNOWN);
        }));
        assertThat(unbounded.confidence()).isEqualTo(Confidence.LIKELY);
    }

    @Test
    void unknown_holders_prove_nothing() {
        assertThat(proven(scene -> {
                    crossedLocks(scene);
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
        assertThat(only(ask(circle)).tasks()).containsExactly(1L, 2L);
        assertThat(proven(scene -> {
                    circle.accept(scene);
                    scene.task("free").holds("permits");
                }))
                .isEmpty();
    }

    @Test
    void a_writer_waits_for_all_readers_and_a_reader_for_the_writer_alone() {
        assertThat(only(ask(scene -> {
                            scene.task("writer").holds("L").waitsFor("RW");
                            scene.task("free").holds("RW", AccessMode.SHARED);
                            scene.task("stuck").holds("RW", AccessMode.SHARED).waitsFor("L");
                        }))
                        .kind())
                .isEqualTo(FindingKind.LOCK_CYCLE);
        assertThat(proven(scene -> {
                    scene.task("reader").holds("L").waitsFor("RW", AccessMode.SHARED, Bound.UNBOUNDED);
                    scene.task("other").holds("RW", AccessMode.SHARED).waitsFor("L");
                }))
                .isEmpty();
    }

    @Test
    void a_task_that_waits_for_what_it_holds_is_a_self_deadlock() {
        Finding finding =
                only(ask(scene -> scene.task("a").holds("RW", AccessMode.SHARED).waitsFor("RW")));
        assertThat(finding.kind()).isEqualTo(FindingKind.SELF_DEADLOCK);
        assertThat(finding.sentence())
                .startsWith("Task #1 'a' (platform) waits for something that only it can release");
    }

    @Test
    void class_initialisers_that_need_each_other_are_a_kind_of_their_own() {
        assertThat(only(ask(scene -> {
                            scene.resource("A").is(ResourceKind.CLASS_INIT);
                            scene.resource("B").is(ResourceKind.CLASS_INIT);
                            crossedLocks(scene);
                        }))
                        .kind())
                .isEqualTo(FindingKind.CLASS_INIT_CYCLE);
    }

    @Test
    void a_class_initialiser_that_waits_for_a_worker_which_was_handed_code_of_the_class() {
        Finding finding = only(ask(FindingsTest::initialiserThatWaits));
        assertThat(finding.kind()).isEqualTo(FindingKind.CLASS_INIT_CYCLE);
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.tasks()).containsExactly(1L, 2L);
    }

    @Test
    void a_slow_class_initialiser_whose_class_others_want_is_no_more_than_a_hint() {
        Finding finding = only(ask(scene -> {
            initialiserThatWaits(scene);
            scene.task("worker").at("shop.Checkout.pay");
        }));
        assertThat(finding.confidence()).isEqualTo(Confidence.HINT);
        assertThat(ask(scene -> {
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

    // pool-starvation

    @Test
    void workers_that_all_wait_for_futures_nobody_runs_are_starved() {
        Finding finding = only(ask(FindingsTest::starvedPool));
        assertThat(finding.kind()).isEqualTo(FindingKind.POOL_STARVATION);
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.tasks()).containsExactly(1L, 2L);
        assertThat(finding.evidence()).anyMatch(e -> e.statement().contains("from their names 'pool-1-thread-…'"));
    }

    @Test
    void a_pool_with_one_idle_worker_is_not_starved() {
        assertThat(ask(scene -> {
                    starvedPool(scene);
                    scene.task("pool-1-thread-3")
                            .at("java.util.concurrent.ThreadPoolExecutor.getTask", WORKER)
                            .waitsFor("queue");
                    scene.resource("queue").is(ResourceKind.QUEUE).holdersUnknown();
                }))
                .isEmpty();
    }

    @Test
    void a_pool_that_waits_for_futures_which_another_pool_runs_is_not_starved() {
        assertThat(ask(scene -> {
                    starvedPool(scene);
                    scene.task("pool-2-thread-1").at("shop.Main.work", FUTURE_TASK + ".run", WORKER);
                }))
                .isEmpty();
    }

    @Test
    void beside_a_busy_thread_with_a_queue_of_its_own_a_dump_gives_no_more_than_a_hint() {
        Finding finding = only(ask(scene -> {
            starvedPool(scene);
            scene.task("dispatcher").at("shop.Dispatcher.sort");
        }));
        assertThat(finding.confidence()).isEqualTo(Confidence.HINT);
        assertThat(finding.innocent()).contains("lies with a thread that is busy");
    }

    @Test
    void a_future_task_that_was_looked_for_in_the_queues_of_pools_is_not_guessed_to_lie_in_one() {
        assertThat(ask(scene -> starvedPool(scene.attached()))).isEmpty();
        assertThat(ask(scene -> starvedPool(scene.asHeap()))).isEmpty();
    }

    @Test
    void two_pools_that_wait_for_each_other_are_both_starved() {
        assertThat(ask(scene -> {
                    starvedPool(scene);
                    scene.task("pool-2-thread-1")
                            .at(FUTURE_TASK + ".get", "shop.Main.work", FUTURE_TASK + ".run", WORKER)
                            .waitsFor("f3");
                    scene.resource("f3")
                            .is(ResourceKind.FUTURE)
                            .ofClass(FUTURE_TASK)
                            .holdersUnknown();
                }))
                .extracting(Finding::kind)
                .containsExactly(FindingKind.POOL_STARVATION, FindingKind.POOL_STARVATION);
    }

    @Test
    void a_worker_that_used_the_processor_between_the_samples_has_moved() {
        Scene before = new Scene();
        starvedPool(before);
        Scene after = new Scene();
        starvedPool(after);
        after.task("pool-1-thread-1").cpu(1);
        assertThat(Analysis.of(History.of(before.at(0), after.at(250)))).isEmpty();
    }

    // lock-contention

    @Test
    void a_queue_behind_a_holder_that_stands_still_is_contention() {
        Finding finding = only(ask(scene -> queueBehind(scene, "java.util.concurrent.CountDownLatch.await")));
        assertThat(finding.kind()).isEqualTo(FindingKind.LOCK_CONTENTION);
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.tasks()).containsExactly(1L);
        assertThat(finding.victims()).containsExactly(2L, 3L, 4L);
    }

    @Test
    void followers_behind_a_leader_that_accepts_connections_are_left_alone() {
        assertThat(ask(scene -> queueBehind(scene, "sun.nio.ch.ServerSocketChannelImpl.accept")))
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
        assertThat(only(computing(false, 250)).confidence()).isEqualTo(Confidence.HINT);
        assertThat(only(computing(true, 250)).confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(computing(true, 100)).as("40 % of a core is no spin").isEmpty();
    }

    @Test
    void carriers_that_the_same_tasks_keep_while_others_are_queued_are_starved() {
        assertThat(ask(scene -> mountedTwice(scene).carriers(2, 3)))
                .extracting(Finding::kind)
                .containsExactly(FindingKind.CARRIER_STARVATION);
        assertThat(ask(scene -> mountedTwice(scene).carriers(2, 0)))
                .as("nobody is queued")
                .isEmpty();
        assertThat(ask(scene -> mountedTwice(scene).carriers(3, 3)))
                .as("a carrier is free")
                .isEmpty();
    }

    // pool-exhausted

    @Test
    void borrowers_that_stand_still_while_nobody_uses_a_connection_are_likely_starved_by_a_leak() {
        assertThat(only(ask(FindingsTest::borrowers)).confidence()).isEqualTo(Confidence.LIKELY);
        Finding busy = only(ask(scene -> {
            borrowers(scene);
            scene.task("user")
                    .at(
                            "java.net.Socket.read",
                            "com.zaxxer.hikari.pool.ProxyStatement.executeQuery",
                            "shop.Main.query");
        }));
        assertThat(busy.confidence()).isEqualTo(Confidence.HINT);
    }

    @Test
    void only_a_proven_finding_has_no_innocent_explanation() {
        for (Consumer<Scene> sick : List.<Consumer<Scene>>of(
                FindingsTest::crossedLocks, FindingsTest::starvedPool, FindingsTest::borrowers)) {
            for (Finding finding : ask(sick)) {
                assertThat(finding.innocent() == null).isEqualTo(finding.confidence() == Confidence.PROVEN);
                assertThat(finding.suggestions()).isNotEmpty();
                assertThat(finding.evidence()).isNotEmpty();
            }
        }
    }

    // scenes

    private static void crossedLocks(Scene scene) {
        scene.task("a").holds("A").waitsFor("B");
        scene.task("b").holds("B").waitsFor("A");
    }

    private static void starvedPool(Scene scene) {
        for (int i = 1; i <= 2; i++) {
            scene.resource("f" + i).is(ResourceKind.FUTURE).ofClass(FUTURE_TASK).holdersUnknown();
            scene.task("pool-1-thread-" + i)
                    .at(FUTURE_TASK + ".get", "shop.Main.work", FUTURE_TASK + ".run", WORKER)
                    .waitsFor("f" + i);
        }
    }

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

    @Test
    void who_waits_inside_a_pool_for_a_lock_or_for_the_server_does_not_wait_for_a_connection() {
        for (ResourceKind kind : List.of(ResourceKind.MONITOR, ResourceKind.LOCK, ResourceKind.IO)) {
            Scene scene = new Scene();
            scene.resource("other").is(kind).holdersUnknown();
            scene.task("borrower")
                    .at("org.apache.commons.dbcp.PoolingDataSource.getConnection", "shop.Main.query")
                    .waitsFor("other");
            assertThat(Analysis.of(History.of(scene.at(0), scene.at(250))))
                    .as(kind.name())
                    .noneMatch(finding -> finding.kind() == FindingKind.POOL_EXHAUSTED);
        }
    }

    @Test
    void who_waits_for_a_connection_of_an_older_pool_is_told() {
        Scene scene = new Scene();
        scene.resource("pool").is(ResourceKind.CONDITION).holdersUnknown();
        scene.task("borrower")
                .at(
                        "java.lang.Object.wait0",
                        "org.apache.commons.pool.impl.GenericObjectPool.borrowObject",
                        "org.apache.commons.dbcp.PoolingDataSource.getConnection",
                        "shop.Main.query")
                .waitsFor("pool");
        List<Finding> findings = Analysis.of(History.of(scene.at(0), scene.at(250)));
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).kind()).isEqualTo(FindingKind.POOL_EXHAUSTED);
        assertThat(findings.get(0).confidence()).isEqualTo(Confidence.LIKELY);
    }

    @Test
    void a_task_that_waits_for_a_time_for_the_end_of_its_own_pool_is_hinted_at() {
        Finding hint = poolEnd("worker", Bound.TIMED).get(0);
        assertThat(hint.kind()).isEqualTo(FindingKind.SELF_DEADLOCK);
        assertThat(hint.confidence()).isEqualTo(Confidence.HINT);
        assertThat(hint.innocent()).isNotNull();
        assertThat(poolEnd("owner", Bound.TIMED)).as("no task of the pool").isEmpty();
    }

    @Test
    void a_task_that_waits_for_ever_for_the_end_of_its_own_pool_is_proven_to() {
        List<Finding> findings = poolEnd("worker", Bound.UNBOUNDED);
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).kind()).isEqualTo(FindingKind.SELF_DEADLOCK);
        assertThat(findings.get(0).confidence()).isEqualTo(Confidence.PROVEN);
        assertThat(findings.get(0).sentence()).contains("waits for the end of the pool that it works for");
        assertThat(poolEnd("owner", Bound.UNBOUNDED)).as("no task of the pool").isEmpty();
    }

    /** The worker of a pool, and somebody who waits for the end of that pool: itself, or another. */
    private static List<Finding> poolEnd(String waiter, Bound bound) {
        Scene scene = new Scene();
        scene.resource("pool").is(ResourceKind.POOL);
        scene.task("worker").holds("pool", AccessMode.RUNS);
        scene.task(waiter).waitsFor("pool", AccessMode.EXCLUSIVE, bound);
        return Analysis.of(History.of(scene.at(0), scene.at(250)));
    }

    private static void borrowers(Scene scene) {
        scene.resource("pool").is(ResourceKind.QUEUE).holdersUnknown();
        scene.task("borrower")
                .at(
                        "java.util.concurrent.SynchronousQueue.poll",
                        "com.zaxxer.hikari.util.ConcurrentBag.borrow",
                        "com.zaxxer.hikari.pool.HikariPool.getConnection",
                        "shop.Main.query")
                .waitsFor("pool", AccessMode.EXCLUSIVE, Bound.TIMED);
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

    private static List<Finding> ask(Consumer<Scene> story) {
        Scene scene = new Scene();
        story.accept(scene);
        Snapshot first = scene.at(0);
        return Analysis.of(History.of(first, scene.at(250)));
    }

    /** The findings that say that somebody can never go on. */
    private static List<Finding> proven(Consumer<Scene> story) {
        return ask(story).stream().filter(Finding::cycle).toList();
    }

    private static Finding only(List<Finding> findings) {
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }
}
