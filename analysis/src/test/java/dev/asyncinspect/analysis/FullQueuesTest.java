package dev.asyncinspect.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.ResourceKind;
import org.junit.jupiter.api.Test;

/** Circles through full queues, which their consumers alone could empty. */
class FullQueuesTest {

    private static void queue(Scene scene, String name) {
        scene.resource(name)
                .is(ResourceKind.QUEUE)
                .ofClass("java.util.concurrent.ArrayBlockingQueue")
                .needsAny();
    }

    @Test
    void a_consumer_that_waits_for_room_in_its_own_queue_waits_for_itself_and_a_writer_is_behind_it() {
        Finding finding = Stories.only(Stories.askHeap(scene -> {
            queue(scene, "lines");
            scene.task("log").holds("lines", AccessMode.RUNS).waitsFor("lines");
            scene.task("writer").waitsFor("lines");
        }));
        assertThat(finding.kind()).isEqualTo(FindingKind.SELF_DEADLOCK);
        assertThat(finding.tasks()).containsExactly(1L);
        assertThat(finding.victims()).containsExactly(2L);
        assertThat(finding.sentence()).contains("into a full queue from which only it takes");
        assertThat(finding.suggestions().get(0)).contains("offer");
        assertThat(finding.evidence().get(0).statement())
                .startsWith("no thread that can still run")
                .endsWith("the code in which they stand takes from it");
    }

    @Test
    void a_queue_that_somebody_may_have_beside_its_consumer_makes_it_likely() {
        Finding finding = Stories.only(Stories.askHeap(scene -> {
            queue(scene, "lines");
            scene.resource("lines").holdersInferred();
            scene.task("log").holds("lines", AccessMode.RUNS).waitsFor("lines");
        }));
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.innocent()).startsWith("who takes from ");
    }

    @Test
    void a_second_consumer_that_can_go_on_empties_it() {
        assertThat(Stories.askHeap(scene -> {
                    queue(scene, "lines");
                    scene.task("log").holds("lines", AccessMode.RUNS).waitsFor("lines");
                    scene.task("second").holds("lines", AccessMode.RUNS);
                }))
                .isEmpty();
    }

    @Test
    void a_consumer_that_waits_for_a_signal_of_a_writer_is_in_a_circle_whose_evidence_says_what_is_inferred() {
        Finding finding = Stories.only(Stories.askHeap(scene -> {
            queue(scene, "lines");
            scene.resource("lines").holdersInferred();
            scene.resource("done").is(ResourceKind.LATCH).ofClass("shop.Done").needsAny();
            scene.resource("done").holdersInferred();
            scene.task("log").holds("lines", AccessMode.RUNS).waitsFor("done");
            scene.task("writer").holds("done", AccessMode.REACHES).waitsFor("lines");
        }));
        assertThat(finding.kind()).isEqualTo(FindingKind.LOST_SIGNAL);
        assertThat(finding.evidence().get(0).provenance()).isEqualTo(Provenance.INFERRED);
        assertThat(finding.evidence().get(0).statement()).contains("nobody else takes from");
    }

    @Test
    void a_thread_that_writes_into_a_full_pipe_which_only_it_reads_waits_for_itself() {
        Finding finding = Stories.only(Stories.askHeap(scene -> {
            scene.resource("pipe")
                    .is(ResourceKind.QUEUE)
                    .ofClass("java.io.PipedInputStream")
                    .needsAny();
            scene.task("both").holds("pipe", AccessMode.RUNS).waitsFor("pipe");
        }));
        assertThat(finding.kind()).isEqualTo(FindingKind.SELF_DEADLOCK);
        assertThat(finding.sentence()).contains("a full pipe which only it reads");
        assertThat(finding.suggestions().get(0)).contains("another thread");
    }

    @Test
    void a_pipe_that_nobody_is_left_to_read_is_told_as_such_though_it_is_waited_for_in_a_wait_set() {
        Finding finding = Stories.only(Stories.askHeap(scene -> {
            scene.resource("pipe").is(ResourceKind.QUEUE).ofClass("java.io.PipedInputStream");
            scene.task("writer")
                    .at("java.lang.Object.wait", "java.io.PipedInputStream.awaitSpace", "shop.Main.write")
                    .waitsFor("pipe");
        }));
        assertThat(finding.kind()).isEqualTo(FindingKind.LOST_SIGNAL);
        assertThat(finding.confidence()).isEqualTo(Confidence.PROVEN);
        assertThat(finding.sentence()).contains("for a pipe that nobody is left to read or write");
    }

    @Test
    void two_stages_that_fill_each_others_queues_are_a_circle_of_queues() {
        Finding finding = Stories.only(Stories.askHeap(scene -> {
            queue(scene, "there");
            queue(scene, "back");
            scene.task("first").holds("back", AccessMode.RUNS).waitsFor("there");
            scene.task("second").holds("there", AccessMode.RUNS).waitsFor("back");
        }));
        assertThat(finding.kind()).isEqualTo(FindingKind.LOCK_CYCLE);
        assertThat(finding.sentence()).startsWith("2 tasks wait to put into full queues");
    }
}
