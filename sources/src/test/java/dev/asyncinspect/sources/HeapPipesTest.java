package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a heap tells of threads that wait at a pipe. */
class HeapPipesTest {

    private static final String PIPE = "java.io.PipedInputStream";
    private static final int IN_TIMED_WAIT_SET = 0x120 | 0x80 | 0x1;

    @TempDir
    Path folder;

    private final HeapScene scene = new HeapScene("");
    private final long pipe = scene.heap.newId();
    private final long both = scene.newThread(IN_TIMED_WAIT_SET, 0);

    /** A thread waits in this method of a pipe, which has been written to and read from so far, last read by a thread. */
    private void pipe(String method, int in, int out, int closed, long reader) {
        scene.heap
                .type(PIPE, "java.lang.Object", "readSide", "writeSide", "in:int", "out:int", "closedByWriter:boolean")
                .object(pipe, PIPE, reader, both, in, out, closed);
        scene.heap.stack(
                both,
                List.of("java.lang.Object.wait0", "java.lang.Object.wait", PIPE + "." + method, "shop.Main.copy"),
                Map.of(2, new long[] {pipe}));
    }

    private Snapshot read(boolean kept) throws Exception {
        if (kept) {
            scene.heap.type("shop.Main", "java.lang.Object", pipe);
        }
        return scene.in(folder);
    }

    @Test
    void who_writes_into_a_full_pipe_that_only_he_reads_waits_for_himself() throws Exception {
        pipe("awaitSpace", 5, 5, 0, both);
        Resource resource = Dumps.awaited(read(true), "t1");
        assertThat(resource.className()).isEqualTo(PIPE);
        assertThat(resource.holders().provenance()).isEqualTo(Provenance.INFERRED);
        assertThat(resource.knownHolders()).extracting(Hold::taskId).containsExactly(1L);
    }

    @Test
    void a_pipe_that_nobody_has_read_from_and_nobody_else_reaches_has_nobody_left() throws Exception {
        pipe("awaitSpace", 5, 5, 0, 0);
        Resource resource = Dumps.awaited(read(false), "t1");
        assertThat(resource.holders().provenance()).isEqualTo(Provenance.OBSERVED);
        assertThat(resource.knownHolders()).isEmpty();
    }

    @Test
    void somebody_who_runs_and_has_the_pipe_may_read_from_it() throws Exception {
        pipe("awaitSpace", 5, 5, 0, both);
        scene.running(scene.newThread(false, 0), pipe);
        assertThat(Dumps.awaited(read(true), "t1").holders().provenance()).isEqualTo(Provenance.UNKNOWN);
    }

    @Test
    void a_pipe_with_room_lets_its_writer_go_on() throws Exception {
        pipe("awaitSpace", 5, 6, 0, both);
        assertThat(Dumps.task(read(true), "t1").waiting()).isNull();
    }

    @Test
    void a_pipe_that_was_closed_lets_its_reader_go_on() throws Exception {
        pipe("read", -1, 0, 1, both);
        assertThat(Dumps.task(read(false), "t1").waiting()).isNull();
    }
}
