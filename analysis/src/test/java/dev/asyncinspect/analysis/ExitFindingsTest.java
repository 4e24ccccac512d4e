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

/** When it is told that a JVM does not exit, and when it is left alone. */
class ExitFindingsTest {

    /** main has ended, and a worker of a pool waits for work. */
    private static void forgottenPool(Scene scene) {
        scene.task("DestroyJavaVM").at();
        scene.resource("queue").is(ResourceKind.QUEUE).needsAny();
        scene.task("worker")
                .at("java.util.concurrent.LinkedBlockingQueue.take", "java.util.concurrent.ThreadPoolExecutor.getTask")
                .waitsFor("queue");
    }

    /** main has called System.exit and waits for a hook. */
    private static void exit(Scene scene) {
        scene.resource("end").is(ResourceKind.THREAD_END);
        scene.task("main")
                .at("java.lang.Object.wait", "java.lang.ApplicationShutdownHooks.runHooks", "shop.Main.main")
                .waitsFor("end");
    }

    @Test
    void a_worker_of_a_pool_that_nobody_reaches_keeps_the_jvm_for_ever() {
        Finding finding = only(heap(scene -> {
            forgottenPool(scene);
            scene.pool(new WorkPool("shop.Pool", "shop.Main$$Lambda/0x1", List.of(2L)));
        }));
        assertThat(finding.kind()).isEqualTo(FindingKind.JVM_DOES_NOT_EXIT);
        assertThat(finding.confidence()).isEqualTo(Confidence.PROVEN);
        assertThat(finding.tasks()).containsExactly(2L);
        assertThat(finding.evidence())
                .extracting(Evidence::statement)
                .contains("1 worker of a shop.Pool, made by a lambda of shop.Main");
    }

    @Test
    void daemon_threads_of_the_program_make_it_likely_and_listening_ones_a_hint() {
        assertThat(only(heap(scene -> {
                            forgottenPool(scene);
                            scene.task("ticker").daemon();
                        }))
                        .confidence())
                .isEqualTo(Confidence.LIKELY);
        assertThat(only(heap(scene -> {
                            forgottenPool(scene);
                            scene.task("loop")
                                    .at("sun.nio.ch.SelectorImpl.select")
                                    .daemon();
                        }))
                        .confidence())
                .isEqualTo(Confidence.HINT);
    }

    @Test
    void a_pool_that_something_reaches_and_a_dump_that_cannot_tell_give_a_hint() {
        assertThat(only(heap(scene -> {
                            forgottenPool(scene);
                            scene.resource("queue").holdersUnknown();
                        }))
                        .confidence())
                .isEqualTo(Confidence.HINT);
        Scene dump = new Scene();
        forgottenPool(dump);
        assertThat(only(Analysis.of(History.of(dump.at(0), dump.at(250)))).confidence())
                .isEqualTo(Confidence.HINT);
    }

    @Test
    void whoever_has_something_to_do_is_a_reason_to_run() {
        assertThat(heap(scene -> {
                    forgottenPool(scene);
                    scene.task("clock");
                }))
                .isEmpty();
        assertThat(heap(scene -> {
                    forgottenPool(scene);
                    scene.task("worker").waitsFor("queue", AccessMode.EXCLUSIVE, Bound.TIMED);
                }))
                .isEmpty();
    }

    @Test
    void while_main_runs_nothing_is_said() {
        assertThat(heap(scene -> {
                    forgottenPool(scene);
                    scene.task("DestroyJavaVM").at("shop.Main.main");
                }))
                .isEmpty();
    }

    @Test
    void a_hook_that_joins_whoever_called_exit_is_told_once_and_as_the_end_of_the_jvm() {
        Finding finding = only(heap(scene -> {
            exit(scene);
            scene.resource("main's end").is(ResourceKind.THREAD_END);
            scene.task("main").holds("main's end", AccessMode.RUNS);
            scene.task("hook").holds("end", AccessMode.RUNS).waitsFor("main's end");
        }));
        assertThat(finding.kind()).isEqualTo(FindingKind.JVM_DOES_NOT_EXIT);
        assertThat(finding.confidence()).isEqualTo(Confidence.PROVEN);
        assertThat(finding.cycle()).isTrue();
        assertThat(finding.sentence()).contains("System.exit at Source.java:7", "the shutdown hook Task #2 'hook'");
    }

    @Test
    void a_hook_behind_a_deadlock_of_others_can_never_end_either() {
        List<Finding> findings = heap(scene -> {
            exit(scene);
            scene.task("hook").holds("end", AccessMode.RUNS).waitsFor("A");
            scene.task("a").holds("A").waitsFor("B");
            scene.task("b").holds("B").waitsFor("A");
        });
        assertThat(findings)
                .extracting(Finding::kind)
                .containsExactly(FindingKind.LOCK_CYCLE, FindingKind.JVM_DOES_NOT_EXIT);
        assertThat(findings.get(1).confidence()).isEqualTo(Confidence.PROVEN);
    }

    @Test
    void a_hook_that_may_only_be_slow_is_a_hint() {
        Finding finding = only(heap(scene -> {
            exit(scene);
            scene.task("hook").holds("end", AccessMode.RUNS);
        }));
        assertThat(finding.confidence()).isEqualTo(Confidence.HINT);
        assertThat(finding.sentence()).contains("which has not ended");
    }

    private static List<Finding> heap(Consumer<Scene> story) {
        Scene scene = new Scene().asHeap();
        story.accept(scene);
        return Analysis.of(History.of(scene.at(0)));
    }

    private static Finding only(List<Finding> findings) {
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }
}
