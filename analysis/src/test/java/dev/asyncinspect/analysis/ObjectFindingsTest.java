package dev.asyncinspect.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.History;
import dev.asyncinspect.model.ResourceKind;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is found once the objects were read: circles of futures, starved pools, and whether somebody moved in between. */
class ObjectFindingsTest {

    private static void selfJoin(Scene scene) {
        future(scene, "reply");
        scene.task("asker").holds("reply", AccessMode.RUNS).waitsFor("reply").inAct(1);
    }

    private static void starved(Scene scene) {
        for (int i = 1; i <= 3; i++) {
            future(scene, "inner-" + i);
        }
        for (int i = 1; i <= 3; i++) {
            Scene.Actor worker =
                    scene.task("worker-" + i).waitsFor("inner-" + i).inAct(i);
            for (int j = 1; j <= 3; j++) {
                worker.holds("inner-" + j, AccessMode.WILL_RUN);
            }
        }
    }

    private static void future(Scene scene, String name) {
        scene.resource(name)
                .is(ResourceKind.FUTURE)
                .ofClass("java.util.concurrent.FutureTask")
                .needsAny();
    }

    @Test
    void a_task_that_waits_for_its_own_future_is_a_future_cycle() {
        Finding finding = only(ask(ObjectFindingsTest::selfJoin));
        assertThat(finding.kind()).isEqualTo(FindingKind.FUTURE_CYCLE);
        assertThat(finding.confidence()).isEqualTo(Confidence.PROVEN);
        assertThat(finding.sentence()).contains("waits at", "for a future that only it completes");
    }

    @Test
    void two_tasks_that_wait_for_the_result_of_each_other_are_one() {
        Finding finding = only(ask(scene -> {
            future(scene, "left");
            future(scene, "right");
            scene.task("a").holds("left", AccessMode.RUNS).waitsFor("right").inAct(1);
            scene.task("b").holds("right", AccessMode.RUNS).waitsFor("left").inAct(2);
        }));
        assertThat(finding.kind()).isEqualTo(FindingKind.FUTURE_CYCLE);
        assertThat(finding.tasks()).containsExactly(1L, 2L);
    }

    @Test
    void a_circle_of_a_lock_and_a_future_is_one() {
        Finding finding = only(ask(scene -> {
            future(scene, "reply");
            scene.task("asker").holds("L").waitsFor("reply").inAct(1);
            scene.task("worker").holds("reply", AccessMode.RUNS).waitsFor("L").inAct(2);
        }));
        assertThat(finding.kind()).isEqualTo(FindingKind.FUTURE_CYCLE);
        assertThat(finding.resources()).hasSize(2);
    }

    @Test
    void workers_that_wait_for_work_queued_to_their_own_pool_starve_it() {
        Finding finding = only(ask(ObjectFindingsTest::starved));
        assertThat(finding.kind()).isEqualTo(FindingKind.POOL_STARVATION);
        assertThat(finding.confidence()).isEqualTo(Confidence.PROVEN);
        assertThat(finding.tasks()).containsExactlyInAnyOrder(1L, 2L, 3L);
        assertThat(finding.evidence())
                .anySatisfy(evidence -> assertThat(evidence.toString()).contains("lies in the queue of a pool"));
    }

    @Test
    void one_worker_that_is_free_starves_nothing() {
        assertThat(ask(scene -> {
                    starved(scene);
                    for (int i = 1; i <= 3; i++) {
                        scene.task("free").holds("inner-" + i, AccessMode.WILL_RUN);
                    }
                }))
                .isEmpty();
    }

    @Test
    void a_future_that_a_running_task_completes_is_waited_for_in_peace() {
        assertThat(ask(scene -> {
                    future(scene, "reply");
                    scene.task("asker").waitsFor("reply").inAct(1);
                    scene.task("worker").holds("reply", AccessMode.RUNS);
                }))
                .isEmpty();
    }

    @Test
    void a_get_with_a_timeout_is_no_future_cycle() {
        assertThat(ask(scene -> {
                    selfJoin(scene);
                    scene.task("asker")
                            .waitsFor("reply", AccessMode.EXCLUSIVE, Bound.TIMED)
                            .inAct(1);
                }))
                .isEmpty();
    }

    @Test
    void an_inferred_completer_is_at_most_likely() {
        Finding finding = only(ask(scene -> {
            selfJoin(scene);
            scene.resource("reply").holdersInferred();
        }));
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.innocent()).contains("inferred (something else)");
    }

    @Test
    void another_act_of_waiting_in_the_second_sample_is_no_deadlock() {
        assertThat(Analysis.of(History.of(crossed(1, 2).at(0), crossed(1, 3).at(250))))
                .isEmpty();
        assertThat(only(Analysis.of(
                                History.of(crossed(1, 2).at(0), crossed(1, 2).at(250))))
                        .confidence())
                .isEqualTo(Confidence.PROVEN);
    }

    @Test
    void a_wait_of_which_nothing_tells_whether_it_is_the_same_is_at_most_likely() {
        Scene scene = crossed(1, 0);
        scene.task("b").unmounted();
        assertThat(only(Analysis.of(History.of(scene.at(0), scene.at(250)))).confidence())
                .isEqualTo(Confidence.LIKELY);
    }

    @Test
    void threads_read_one_after_another_in_one_sample_prove_nothing() {
        assertThat(only(Analysis.of(History.of(crossed(1, 2).at(0)))).confidence())
                .isEqualTo(Confidence.LIKELY);
    }

    // carrier-starvation

    private static void pinnedCarriers(Scene scene) {
        scene.resource("L").needsAny();
        scene.task("pinned-1").virtualOn("carrier-1").waitsFor("L").inAct(1);
        scene.task("pinned-2").virtualOn("carrier-2").waitsFor("L").inAct(2);
        scene.task("heir").runnable();
    }

    @Test
    void pinned_threads_on_all_carriers_starve_the_one_that_could_run() {
        Finding finding = only(ask(ObjectFindingsTest::pinnedCarriers));
        assertThat(finding.kind()).isEqualTo(FindingKind.CARRIER_STARVATION);
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.tasks()).hasSize(2);
        assertThat(finding.victims()).hasSize(1);
    }

    @Test
    void a_carrier_that_is_idle_starves_nobody() {
        assertThat(ask(scene -> {
                    pinnedCarriers(scene);
                    scene.task("carrier-3");
                }))
                .isEmpty();
    }

    @Test
    void a_carrier_whose_thread_computes_or_waits_with_a_timeout_is_given_back() {
        assertThat(ask(scene -> {
                    pinnedCarriers(scene);
                    scene.task("busy").virtualOn("carrier-3");
                }))
                .isEmpty();
        assertThat(ask(scene -> {
                    pinnedCarriers(scene);
                    scene.task("pinned-1")
                            .waitsFor("L", AccessMode.EXCLUSIVE, Bound.TIMED)
                            .inAct(1);
                }))
                .isEmpty();
    }

    @Test
    void pinned_threads_with_nobody_runnable_are_left_alone() {
        assertThat(ask(scene -> {
                    scene.resource("L").needsAny();
                    scene.task("pinned-1").virtualOn("carrier-1").waitsFor("L").inAct(1);
                }))
                .isEmpty();
    }

    private static Scene crossed(int actOfA, int actOfB) {
        Scene scene = new Scene().attached();
        scene.task("a").holds("A").waitsFor("B").inAct(actOfA);
        scene.task("b").holds("B").waitsFor("A").inAct(actOfB);
        return scene;
    }

    private static List<Finding> ask(Consumer<Scene> story) {
        Scene scene = new Scene().attached();
        story.accept(scene);
        return Analysis.of(History.of(scene.at(0), scene.at(250)));
    }

    private static Finding only(List<Finding> findings) {
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }
}
