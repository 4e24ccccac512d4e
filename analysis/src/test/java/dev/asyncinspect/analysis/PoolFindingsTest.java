package dev.asyncinspect.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.History;
import dev.asyncinspect.model.ResourceKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Findings about pools of threads and of connections, and that their healthy look-alikes are left alone. */
class PoolFindingsTest {

    private static final String FUTURE_TASK = "java.util.concurrent.FutureTask";
    private static final String WORKER = "java.util.concurrent.ThreadPoolExecutor.runWorker";

    // pool-starvation

    @Test
    void workers_that_all_wait_for_futures_nobody_runs_are_starved() {
        Finding finding = Stories.only(Stories.ask(Stories::starvedPool));
        assertThat(finding.kind()).isEqualTo(FindingKind.POOL_STARVATION);
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.tasks()).containsExactly(1L, 2L);
        assertThat(finding.evidence()).anyMatch(e -> e.statement().contains("from their names 'pool-1-thread-…'"));
    }

    @Test
    void a_pool_with_one_idle_worker_is_not_starved() {
        assertThat(Stories.ask(scene -> {
                    Stories.starvedPool(scene);
                    scene.task("pool-1-thread-3")
                            .at("java.util.concurrent.ThreadPoolExecutor.getTask", WORKER)
                            .waitsFor("queue");
                    scene.resource("queue").is(ResourceKind.QUEUE).holdersUnknown();
                }))
                .isEmpty();
    }

    @Test
    void a_pool_that_waits_for_futures_which_another_pool_runs_is_not_starved() {
        assertThat(Stories.ask(scene -> {
                    Stories.starvedPool(scene);
                    scene.task("pool-2-thread-1").at("shop.Main.work", FUTURE_TASK + ".run", WORKER);
                }))
                .isEmpty();
    }

    @Test
    void beside_a_busy_thread_with_a_queue_of_its_own_a_dump_gives_no_more_than_a_hint() {
        Finding finding = Stories.only(Stories.ask(scene -> {
            Stories.starvedPool(scene);
            scene.task("dispatcher").at("shop.Dispatcher.sort");
        }));
        assertThat(finding.confidence()).isEqualTo(Confidence.HINT);
        assertThat(finding.innocent()).contains("lies with a thread that is busy");
    }

    @Test
    void beside_a_timer_that_will_fire_a_dump_gives_no_more_than_a_hint_and_objects_nothing() {
        Finding finding = Stories.only(Stories.ask(scene -> besideATimer(scene, Bound.TIMED)));
        assertThat(finding.confidence()).isEqualTo(Confidence.HINT);
        assertThat(finding.innocent()).contains("a timer that has not fired");
        assertThat(Stories.ask(scene -> besideATimer(scene.attached(), Bound.TIMED)))
                .isEmpty();
        assertThat(Stories.ask(scene -> besideATimer(scene.asHeap(), Bound.TIMED)))
                .isEmpty();
    }

    @Test
    void beside_a_timer_with_nothing_to_run_a_pool_is_starved() {
        Finding finding = Stories.only(Stories.ask(scene -> besideATimer(scene, Bound.UNBOUNDED)));
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
    }

    private static void besideATimer(Scene scene, Bound bound) {
        scene.resource("answer")
                .is(ResourceKind.FUTURE)
                .ofClass("java.util.concurrent.CompletableFuture")
                .holdersUnknown();
        scene.task("pool-1-thread-1")
                .at("java.util.concurrent.CompletableFuture.join", "shop.Main.work", FUTURE_TASK + ".run", WORKER)
                .waitsFor("answer");
        scene.resource("queue").is(ResourceKind.QUEUE).holdersUnknown();
        scene.task("pool-2-thread-1")
                .at(
                        "java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue.take",
                        "java.util.concurrent.ThreadPoolExecutor.getTask",
                        WORKER)
                .waitsFor("queue", AccessMode.EXCLUSIVE, bound);
    }

    @Test
    void a_future_task_that_was_looked_for_in_the_queues_of_pools_is_not_guessed_to_lie_in_one() {
        assertThat(Stories.ask(scene -> Stories.starvedPool(scene.attached()))).isEmpty();
        assertThat(Stories.ask(scene -> Stories.starvedPool(scene.asHeap()))).isEmpty();
    }

    @Test
    void two_pools_that_wait_for_each_other_are_both_starved() {
        assertThat(Stories.ask(scene -> {
                    Stories.starvedPool(scene);
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
        Stories.starvedPool(before);
        Scene after = new Scene();
        Stories.starvedPool(after);
        after.task("pool-1-thread-1").cpu(1);
        assertThat(Analysis.of(History.of(before.at(0), after.at(250)))).isEmpty();
    }

    // pool-exhausted

    @Test
    void borrowers_that_stand_still_while_nobody_uses_a_connection_are_likely_starved_by_a_leak() {
        assertThat(Stories.only(Stories.ask(Stories::borrowers)).confidence()).isEqualTo(Confidence.LIKELY);
        Finding busy = Stories.only(Stories.ask(scene -> {
            Stories.borrowers(scene);
            scene.task("user")
                    .at(
                            "java.net.Socket.read",
                            "com.zaxxer.hikari.pool.ProxyStatement.executeQuery",
                            "shop.Main.query");
        }));
        assertThat(busy.confidence()).isEqualTo(Confidence.HINT);
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
}
