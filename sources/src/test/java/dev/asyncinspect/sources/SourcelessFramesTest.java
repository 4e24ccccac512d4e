package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes without the name of a source file, as Kotlin's facades are: all sources tell their frames alike, so that they can be joined. */
class SourcelessFramesTest {

    private static final Frame LIKE_A_DUMP = new Frame("shop.MainKt", "ask", null, Frame.LINE_UNKNOWN);

    @TempDir
    Path folder;

    @Test
    void a_text_dump_tells_no_line() {
        Snapshot snapshot = Dumps.read("""
                2026-11-23 12:00:00
                Full thread dump OpenJDK 64-Bit Server VM (25.0.3+9-LTS mixed mode, sharing):

                "t1" #1 prio=5 os_prio=0 cpu=1.00ms elapsed=2.00s tid=0x1 nid=0x1 runnable  [0x1]
                   java.lang.Thread.State: RUNNABLE
                \tat shop.MainKt.ask(Unknown Source)
                """);
        assertThat(Dumps.task(snapshot, "t1").stack().top()).isEqualTo(LIKE_A_DUMP);
    }

    @Test
    void a_heap_that_knows_the_line_tells_none_either() throws Exception {
        HeapScene scene = new HeapScene("");
        scene.heap.stack(scene.newThread(false, 0), List.of("shop.MainKt.ask::7"), Map.of());
        assertThat(Dumps.task(scene.in(folder), "t1").stack().top()).isEqualTo(LIKE_A_DUMP);
    }

    @Test
    void an_agent_that_knows_the_line_tells_none_either() {
        Snapshot snapshot = new ToldRows()
                .thread("t1", "RUNNABLE", "", "shop.MainKt.ask::7")
                .snapshot();
        assertThat(Dumps.task(snapshot, "t1").stack().top()).isEqualTo(LIKE_A_DUMP);
    }
}
