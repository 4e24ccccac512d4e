package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads of Kotlin that wait in {@code runBlocking} for a coroutine without children: its state is an object that refers to nothing. */
class HeapCoroutinesTest {

    private static final String KOTLIN = "kotlinx.coroutines.";

    @TempDir
    Path folder;

    private static HeapScene blocking(String state) {
        HeapScene scene = new HeapScene("");
        scene.heap
                .type(KOTLIN + "BlockingCoroutine", "java.lang.Object", "eventLoop", "_state")
                .type(state, "java.lang.Object", "isActive:boolean");
        long coroutine = scene.heap.object(KOTLIN + "BlockingCoroutine", 0, scene.heap.object(state, 1));
        long thread = scene.newThread(true, coroutine);
        scene.heap.stack(
                thread,
                List.of(
                        "jdk.internal.misc.Unsafe.park",
                        HeapScene.JUC + "locks.LockSupport.parkNanos",
                        KOTLIN + "BlockingCoroutine.joinBlocking",
                        "shop.Main.ask"),
                Map.of(2, new long[] {coroutine}));
        return scene;
    }

    @Test
    void one_that_has_not_ended_is_awaited_for_ever() throws Exception {
        Snapshot snapshot = blocking(KOTLIN + "Empty").in(folder);
        Resource awaited = Dumps.awaited(snapshot, "t1");
        assertThat(awaited.className()).isEqualTo(KOTLIN + "BlockingCoroutine");
        assertThat(awaited.holders().provenance()).isEqualTo(Provenance.OBSERVED);
        assertThat(Dumps.task(snapshot, "t1").waiting().bound()).isEqualTo(Bound.UNBOUNDED);
    }

    @Test
    void one_that_has_ended_with_something_is_not() throws Exception {
        Snapshot snapshot = blocking("shop.Answer").in(folder);
        assertThat(Dumps.task(snapshot, "t1").waiting().bound()).isEqualTo(Bound.UNKNOWN);
    }
}
