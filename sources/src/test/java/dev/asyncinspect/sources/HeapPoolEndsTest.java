package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks of a heap that wait for the end of a pool with a timeout: told only of the one that they work for. */
class HeapPoolEndsTest {

    private static final String POOL = HeapScene.JUC + "ThreadPoolExecutor";
    private static final String CONDITION = HeapScene.JUC + "locks.AbstractQueuedSynchronizer$ConditionObject";

    @TempDir
    Path folder;

    /** A task waits for the end of a pool in this method of it. */
    private static HeapScene waits(String renamed, boolean forItsOwn, String method) {
        HeapScene scene = new HeapScene(renamed);
        scene.heap
                .type(POOL, "java.lang.Object", "termination")
                .type(POOL + "$Worker", "java.lang.Object", "this$0", "thread")
                .type(CONDITION, "java.lang.Object", "firstWaiter", "this$0");
        long condition = scene.heap.object(CONDITION, 0, 0);
        long awaited = scene.heap.object(POOL, condition);
        long own = forItsOwn ? awaited : scene.heap.object(POOL, 0);
        long thread = scene.newThread(true, condition);
        long worker = scene.heap.object(POOL + "$Worker", own, thread);
        scene.heap.object(POOL + "$Worker", awaited, 0);
        List<String> stack = List.of(
                "jdk.internal.misc.Unsafe.park",
                HeapScene.JUC + "locks.LockSupport.parkNanos",
                CONDITION + ".awaitNanos",
                POOL + "." + method,
                "shop.Main.ask",
                POOL + "$Worker.run");
        scene.heap.stack(thread, stack, Map.of(3, new long[] {awaited}, 5, new long[] {worker}));
        return scene;
    }

    @Test
    void one_that_works_for_it_holds_it_and_waits_for_a_time() throws Exception {
        Snapshot snapshot = waits("", true, "awaitTermination").in(folder);
        Resource pool = Dumps.awaited(snapshot, "t1");
        assertThat(pool.kind()).isEqualTo(ResourceKind.POOL);
        assertThat(pool.knownHolders()).extracting(Hold::taskId).containsExactly(1L);
        assertThat(Dumps.task(snapshot, "t1").waiting().bound()).isEqualTo(Bound.TIMED);
    }

    @Test
    void one_that_works_for_another_pool_waits_for_something_unknown() throws Exception {
        Snapshot snapshot = waits("", false, "awaitTermination").in(folder);
        assertThat(Dumps.awaited(snapshot, "t1").holders().provenance()).isEqualTo(Provenance.UNKNOWN);
        assertThat(Dumps.task(snapshot, "t1").waiting().bound()).isEqualTo(Bound.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {".termination", "$Worker", "$Worker.this$0", "$Worker.thread"})
    void without_one_of_its_sources_it_is_never_told(String source) throws Exception {
        Snapshot snapshot = waits(POOL + source, true, "awaitTermination").in(folder);
        assertThat(Dumps.awaited(snapshot, "t1").holders().provenance()).isEqualTo(Provenance.UNKNOWN);
    }
}
