package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.Wait;
import dev.asyncinspect.sources.heap.HprofWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Take any class or field away that a heap is read by: what it told becomes unknown, and is never guessed. */
class HeapProvenanceTest {

    private static final String JUC = HeapScene.JUC;
    private static final String AQS = JUC + "locks.AbstractQueuedSynchronizer";
    private static final String HIKARI = "com.zaxxer.hikari.";

    @TempDir
    Path folder;

    interface Story {
        void play(HeapScene scene);
    }

    /** What a story is read by. */
    record Case(String name, Story story, List<String> sources) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<String> PARKING = List.of(
            "java.lang.Thread.parkBlocker", "java.lang.Thread.holder", "java.lang.Thread$FieldHolder.threadStatus");

    private static final List<String> QUEUE =
            List.of(AQS, AQS + ".tail", AQS + ".state", AQS + "$Node.waiter", AQS + "$Node.status");

    private static final List<Case> CASES = List.of(
            new Case(
                    "owned lock",
                    HeapProvenanceTest::ownedLock,
                    with(
                            QUEUE,
                            JUC + "locks.ReentrantLock$Sync",
                            JUC + "locks.AbstractOwnableSynchronizer.exclusiveOwnerThread")),
            new Case(
                    "leaked permit",
                    scene -> scene.waitsAt(JUC + "Semaphore$Sync", 0, 0, JUC + "Semaphore.acquire"),
                    QUEUE),
            new Case(
                    "lost signal",
                    scene -> scene.waitsAt(JUC + "CountDownLatch$Sync", 1, 0, JUC + "CountDownLatch.await"),
                    QUEUE),
            new Case("orphaned future", HeapProvenanceTest::orphanedFuture, List.of(JUC + "CompletableFuture.result")),
            new Case("orphaned task", HeapProvenanceTest::orphanedTask, List.of(JUC + "FutureTask.state")),
            new Case(
                    "leaked connection",
                    HeapProvenanceTest::leakedConnection,
                    List.of(
                            HIKARI + "pool.HikariPool",
                            HIKARI + "pool.HikariPool.connectionBag",
                            HIKARI + "pool.HikariPool.config",
                            HIKARI + "HikariConfig.maxPoolSize",
                            HIKARI + "util.ConcurrentBag.sharedList",
                            HIKARI + "pool.PoolEntry",
                            HIKARI + "pool.PoolEntry.state",
                            HIKARI + "pool.PoolEntry.connection",
                            HIKARI + "pool.PoolEntry.lastBorrowed")));

    private static List<String> with(List<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

    private static void ownedLock(HeapScene scene) {
        long owner = scene.newThread(false, 0);
        scene.waitsAt(JUC + "locks.ReentrantLock$Sync", 1, owner, JUC + "locks.ReentrantLock.lock");
        scene.running(owner);
    }

    private static void orphanedFuture(HeapScene scene) {
        long signaller = scene.heap.newId();
        long thread = scene.newThread(true, signaller);
        scene.heap.object(signaller, JUC + "CompletableFuture$Signaller", thread);
        long future = scene.heap.object(JUC + "CompletableFuture", 0, signaller);
        scene.parked(thread, JUC + "CompletableFuture.waitingGet", future);
    }

    private static void orphanedTask(HeapScene scene) {
        long task = scene.heap.object(JUC + "FutureTask", 0, 0, 0);
        scene.parked(scene.newThread(true, task), JUC + "FutureTask.awaitDone", task);
    }

    private static void leakedConnection(HeapScene scene) {
        HprofWriter heap = scene.heap
                .type(HIKARI + "HikariConfig", "java.lang.Object", "dataSource", "maxPoolSize:int")
                .type(HIKARI + "util.ConcurrentBag", "java.lang.Object", "sharedList")
                .type(HIKARI + "pool.HikariPool", "java.lang.Object", "poolName", "config", "connectionBag")
                .type(HIKARI + "pool.PoolEntry", "java.lang.Object", "connection", "state:int", "lastBorrowed:long")
                .type("java.util.concurrent.CopyOnWriteArrayList", "java.lang.Object", "array")
                .type("h2.Connection", "java.lang.Object", "session");
        long entry = heap.object(HIKARI + "pool.PoolEntry", heap.object("h2.Connection"), 1, 0);
        long list = heap.object("java.util.concurrent.CopyOnWriteArrayList", heap.array(entry));
        long bag = heap.object(HIKARI + "util.ConcurrentBag", list);
        long config = heap.object(HIKARI + "HikariConfig", 0, 1);
        long pool = heap.object(HIKARI + "pool.HikariPool", heap.string("tickets"), config, bag);
        heap.type("shop.Main", "java.lang.Object", pool); // a static field: the pool itself is in everybody's reach
        scene.parked(scene.newThread(true, 0), HIKARI + "pool.HikariPool.getConnection", pool);
    }

    static Stream<Case> cases() {
        return CASES.stream();
    }

    static Stream<Arguments> sources() {
        return CASES.stream()
                .flatMap(each -> Stream.concat(each.sources().stream(), PARKING.stream())
                        .filter(source -> !each.name().equals("leaked connection") || !source.endsWith("parkBlocker"))
                        .map(source -> Arguments.of(each, source)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void with_all_of_them_it_is_told(Case story) throws Exception {
        Resource resource = awaited(story, "");
        assertThat(resource.holders().provenance()).isNotEqualTo(Provenance.UNKNOWN);
    }

    @ParameterizedTest(name = "{0} without {1}")
    @MethodSource("sources")
    void without_one_of_them_it_is_unknown(Case story, String source) throws Exception {
        Resource resource = awaited(story, source);
        if (resource != null) {
            assertThat(resource.holders().provenance()).isEqualTo(Provenance.UNKNOWN);
        }
    }

    @Test
    void a_heap_whose_threads_have_no_numbers_is_refused_in_one_line() {
        assertThat(catchThrowable(() -> awaited(CASES.get(0), "java.lang.Thread.tid")))
                .isInstanceOf(SourceException.class)
                .hasMessage("scene is the heap of a JVM that keeps its threads in a way we do not know");
    }

    private Resource awaited(Case story, String renamed) throws IOException, SourceException {
        HeapScene scene = new HeapScene(renamed);
        story.story().play(scene);
        return waiterOf(scene.in(folder));
    }

    /** What the parked thread of the story waits for, null if that is not told. */
    private static Resource waiterOf(Snapshot snapshot) {
        for (Task task : snapshot.tasks()) {
            Wait wait = task.waiting();
            if (wait != null) {
                return Objects.requireNonNull(snapshot.resource(wait.resourceId()));
            }
        }
        return null;
    }
}
