package dev.asyncinspect.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.History;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.WorkPool;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Starvation by what no object says who gives it: a latch that queued work refers to, the answer of a server of one's own. */
class StarvationTest {

    /** Two masons of one pool wait for one latch each; queued work refers to both. */
    private static void masons(Scene scene, ResourceKind kind) {
        for (String latch : List.of("bricks", "mortar")) {
            scene.resource(latch).is(kind).ofClass("shop.It").needsAny();
            for (String mason : List.of("mason-1", "mason-2")) {
                scene.task(mason).holds(latch, AccessMode.WILL_RUN);
            }
        }
        scene.task("mason-1").at("shop.Site.wall").waitsFor("bricks").inAct(1);
        scene.task("mason-2").at("shop.Site.wall").waitsFor("mortar").inAct(2);
    }

    private static void guessed(Scene scene) {
        masons(scene, ResourceKind.LATCH);
        scene.resource("bricks").holdersInferred();
        scene.resource("mortar").holdersInferred();
        scene.pool(new WorkPool("shop.Pool", null, List.of(1L, 2L), 4L, "Site.carry", List.of(1L, 2L)));
    }

    private static List<Finding> live(Consumer<Scene> story) {
        Scene scene = new Scene().attached();
        story.accept(scene);
        return Analysis.of(History.of(scene.at(0), scene.at(250)));
    }

    private static List<Finding> heap(Consumer<Scene> story) {
        Scene scene = new Scene().asHeap();
        story.accept(scene);
        return Analysis.of(History.of(scene.at(0)));
    }

    @Test
    void a_latch_that_only_queued_work_reaches_in_a_heap_is_a_proven_starvation_and_no_lost_signal() {
        Finding finding = only(heap(scene -> {
            masons(scene, ResourceKind.LATCH);
            scene.resource("order").is(ResourceKind.FUTURE).ofClass("java.util.concurrent.FutureTask");
            scene.task("mason-1").holds("order", AccessMode.RUNS);
            scene.task("owner").waitsFor("order");
        }));
        assertThat(finding.kind()).isEqualTo(FindingKind.POOL_STARVATION);
        assertThat(finding.confidence()).isEqualTo(Confidence.PROVEN);
        assertThat(finding.tasks()).containsExactlyInAnyOrder(1L, 2L);
        assertThat(finding.victims()).containsExactly(3L);
        assertThat(finding.sentence())
                .isEqualTo("Every worker that could run what may let them go on waits itself: 2 tasks at Source.java:7."
                        + " None of them can ever go on.");
    }

    @Test
    void a_live_look_at_a_latch_beside_a_thread_that_works_is_a_hint() {
        Finding finding = only(live(scene -> {
            guessed(scene);
            scene.task("gatekeeper").at("shop.Gate.count");
        }));
        assertThat(finding.confidence()).isEqualTo(Confidence.HINT);
        assertThat(finding.innocent()).contains("async-inspect prove tells");
    }

    @Test
    void a_live_look_at_a_latch_beside_a_thread_that_waits_for_a_time_is_a_hint() {
        Finding finding = only(live(scene -> {
            guessed(scene);
            scene.resource("nap").is(ResourceKind.SLEEP).needsAny().holdersUnknown();
            scene.task("gatekeeper").at("shop.Gate.rest").waitsFor("nap", AccessMode.EXCLUSIVE, Bound.TIMED);
        }));
        assertThat(finding.confidence()).isEqualTo(Confidence.HINT);
    }

    @Test
    void a_live_look_at_a_latch_where_nobody_else_moves_is_likely() {
        assertThat(only(live(StarvationTest::guessed)).confidence()).isEqualTo(Confidence.LIKELY);
    }

    @Test
    void a_heap_in_which_something_else_reaches_the_latch_gives_a_hint() {
        assertThat(only(heap(StarvationTest::guessed)).confidence()).isEqualTo(Confidence.HINT);
    }

    @Test
    void a_pool_with_a_worker_that_is_not_stuck_is_left_alone() {
        assertThat(live(scene -> {
                    guessed(scene);
                    scene.task("mason-3").at("shop.Site.carry").holds("bricks", AccessMode.WILL_RUN);
                    scene.task("mason-3").holds("mortar", AccessMode.WILL_RUN);
                }))
                .isEmpty();
    }

    @Test
    void an_answer_of_a_server_whose_pool_waits_for_it_is_likely() {
        Finding finding = only(heap(scene -> {
            masons(scene, ResourceKind.IO);
            scene.resource("bricks").holdersInferred();
            scene.resource("mortar").holdersInferred();
        }));
        assertThat(finding.kind()).isEqualTo(FindingKind.POOL_STARVATION);
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.suggestions()).first().asString().startsWith("Do not call the own server");
    }

    private static Finding only(List<Finding> findings) {
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }
}
