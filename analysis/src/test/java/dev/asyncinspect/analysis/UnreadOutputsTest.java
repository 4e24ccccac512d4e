package dev.asyncinspect.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.History;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.UnreadOutput;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnreadOutputsTest {

    private static final long FULL = 65_540; // a pipe, and what the JDK writes when it starts a process
    private static final long READ = FULL + 8192;

    @Test
    void who_waits_for_a_child_that_nobody_reads_is_told_as_likely_when_nobody_is_at_work() {
        Finding finding = Stories.only(findings(scene(FULL), scene(FULL)));
        assertThat(finding.kind()).isEqualTo(FindingKind.UNREAD_OUTPUT);
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.tasks()).containsExactly(1L);
        assertThat(finding.innocent()).contains("reads it");
        assertThat(finding.sentence())
                .contains("for process 7 (sh), which cannot go on: process 8 (head) waits to write to its stdout");
    }

    @Test
    void who_reads_one_stream_of_a_child_that_waits_to_write_to_the_other_is_told_as_likely() {
        Finding finding = Stories.only(findings(reads(FULL), reads(FULL)));
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.sentence())
                .contains(
                        "reads at ",
                        " from process 7 (sh), which cannot go on: process 8 (head) waits to write to its stderr");
        assertThat(finding.evidence()).anyMatch(each -> each.toString().contains("what is read is another pipe"));
        assertThat(finding.suggestions().get(0)).startsWith("Read stdout and stderr together");
    }

    @Test
    void beside_a_thread_at_work_it_is_a_hint_while_all_that_was_written_fits_into_a_pipe() {
        assertThat(Stories.only(findings(busy(FULL), busy(FULL))).confidence()).isEqualTo(Confidence.HINT);
        assertThat(findings(busy(READ), busy(READ))).as("somebody has read").isEmpty();
    }

    @Test
    void a_thread_that_waits_for_an_answer_is_at_work() {
        Scene before = asks(READ);
        Scene after = asks(READ);
        assertThat(findings(before, after)).isEmpty();
    }

    @Test
    void virtual_threads_that_a_dump_does_not_show_may_be_at_work() {
        assertThat(findings(withVirtualThreads(), withVirtualThreads())).isEmpty();
        assertThat(findings(
                        withVirtualThreads().attached(), withVirtualThreads().attached()))
                .hasSize(1);
    }

    @Test
    void a_child_that_wrote_between_the_samples_goes_on() {
        assertThat(findings(scene(FULL), scene(FULL + 1))).isEmpty();
    }

    @Test
    void one_sample_does_not_tell_a_stuck_child_from_a_slow_reader() {
        assertThat(Analysis.of(History.of(scene(FULL).at(0)))).isEmpty();
    }

    private static List<Finding> findings(Scene before, Scene after) {
        return Analysis.of(History.of(before.at(0), after.at(250)));
    }

    private static Scene scene(long written) {
        Scene scene = new Scene();
        scene.resource("process 7 (sh)")
                .is(ResourceKind.IO)
                .needsAny()
                .holdersUnknown()
                .says(new UnreadOutput("process 8 (head)", "stdout", "pipe:[9]", written).details());
        scene.task("main")
                .at("java.lang.ProcessImpl.waitFor", "shop.Main.order")
                .waitsFor("process 7 (sh)", AccessMode.EXCLUSIVE, Bound.UNBOUNDED);
        return scene;
    }

    private static Scene reads(long written) {
        Scene scene = new Scene();
        scene.resource("process 7 (sh)")
                .is(ResourceKind.IO)
                .needsAny()
                .holdersUnknown()
                .says(new UnreadOutput("process 8 (head)", "stderr", "pipe:[9]", written).details());
        scene.task("main")
                .at("java.io.FileInputStream.readBytes", "shop.Main.order")
                .waitsFor("process 7 (sh)", AccessMode.EXCLUSIVE, Bound.UNBOUNDED);
        return scene;
    }

    private static Scene withVirtualThreads() {
        Scene scene = scene(READ);
        scene.task("VirtualThread-unparker").at("java.util.concurrent.ThreadPoolExecutor.getTask");
        return scene;
    }

    private static Scene busy(long written) {
        Scene scene = scene(written);
        scene.task("worker").at("shop.Main.work");
        return scene;
    }

    private static Scene asks(long written) {
        Scene scene = scene(written);
        scene.resource("socket").is(ResourceKind.IO).holdersUnknown();
        scene.task("client").at("java.net.Socket.read", "shop.Main.ask").waitsFor("socket");
        return scene;
    }
}
