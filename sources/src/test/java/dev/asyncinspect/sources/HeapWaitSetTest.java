package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a heap tells of threads in {@code Object.wait}. */
class HeapWaitSetTest {

    private static final int ALIVE_AND_WAITS = 0x80 | 0x1;
    private static final int UNTIMED = 0x10;
    private static final int TIMED = 0x20;
    private static final int IN_OBJECT_WAIT = 0x100;
    private static final int ENTERS_MONITOR = 0x400 | 0x1;

    @TempDir
    Path folder;

    private final HeapScene scene = new HeapScene("");
    private final long gate =
            scene.heap.type("shop.Gate", "java.lang.Object", "open:boolean").object("shop.Gate", 0);

    @Test
    void an_object_that_nobody_else_reaches_has_nobody_who_could_notify() throws Exception {
        waits(ALIVE_AND_WAITS | UNTIMED | IN_OBJECT_WAIT, "shop.Gate.pass");
        Resource found = Dumps.awaited(scene.in(folder), "t1");
        assertThat(found.kind()).isEqualTo(ResourceKind.CONDITION);
        assertThat(found.className()).isEqualTo("shop.Gate");
        assertThat(found.holders().provenance()).isNotEqualTo(Provenance.UNKNOWN);
        assertThat(found.knownHolders()).isEmpty();
    }

    @Test
    void an_object_that_a_running_thread_has_may_be_notified() throws Exception {
        waits(ALIVE_AND_WAITS | UNTIMED | IN_OBJECT_WAIT, "shop.Gate.pass");
        scene.running(scene.newThread(false, 0), gate);
        assertThat(Dumps.awaited(scene.in(folder), "t1").holders().provenance()).isEqualTo(Provenance.UNKNOWN);
    }

    @Test
    void who_was_notified_waits_for_a_time_or_is_idle_in_the_jdk_is_left_alone() throws Exception {
        waits(ENTERS_MONITOR, "shop.Gate.pass");
        waits(ALIVE_AND_WAITS | TIMED | IN_OBJECT_WAIT, "shop.Gate.pass");
        waits(ALIVE_AND_WAITS | UNTIMED | IN_OBJECT_WAIT, "java.util.TimerThread.mainLoop");
        Snapshot snapshot = scene.in(folder);
        assertThat(snapshot.resources()).allMatch(resource -> resource.holders().provenance() == Provenance.UNKNOWN);
    }

    private void waits(int status, String method) {
        long thread = scene.newThread(status, 0);
        scene.heap.stack(
                thread, List.of("java.lang.Object.wait0", "java.lang.Object.wait", method), Map.of(0, new long[] {gate
                }));
    }
}
