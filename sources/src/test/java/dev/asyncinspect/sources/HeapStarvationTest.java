package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.WorkPool;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a heap tells of latches that only work in the queue of a pool would count down. */
class HeapStarvationTest {

    private static final String JUC = HeapScene.JUC;

    @TempDir
    Path folder;

    /** A worker waits at a latch; work in the queue of its pool, which a static field leads to, has the latch. */
    private static long latchedPool(HeapScene scene, int core) {
        return latchedPool(scene, core, 0);
    }

    /** The same where the work has it behind so many operators. */
    private static long latchedPool(HeapScene scene, int core, int operators) {
        scene.heap
                .type(
                        JUC + "ThreadPoolExecutor",
                        "java.lang.Object",
                        "workQueue",
                        "corePoolSize:int",
                        "maximumPoolSize:int",
                        "threadFactory")
                .type(JUC + "ThreadPoolExecutor$Worker", "java.lang.Object", "this$0", "thread")
                .type(JUC + "LinkedBlockingQueue", "java.lang.Object", "head", "capacity:int")
                .type(JUC + "LinkedBlockingQueue$Node", "java.lang.Object", "item", "next")
                .type("shop.Carry", "java.lang.Object", "done");
        long latch = scene.heap.newId();
        long worker = scene.newThread(true, latch);
        long waits = scene.heap.object(JUC + "locks.AbstractQueuedSynchronizer$Node", 0, 0, worker, 1);
        scene.heap.object(latch, JUC + "CountDownLatch$Sync", waits, waits, 1, 0);
        scene.parked(worker, JUC + "CountDownLatch.await", latch);
        long carry = scene.heap.object("shop.Carry", latch);
        for (int i = 0; i < operators; i++) {
            carry = scene.heap.object("shop.Carry", carry);
        }
        long node = scene.heap.object(JUC + "LinkedBlockingQueue$Node", carry, 0);
        long head = scene.heap.object(JUC + "LinkedBlockingQueue$Node", 0, node);
        long queue = scene.heap.object(JUC + "LinkedBlockingQueue", head, Integer.MAX_VALUE);
        long pool = scene.heap.object(JUC + "ThreadPoolExecutor", queue, core, 9, 0);
        scene.heap.object(JUC + "ThreadPoolExecutor$Worker", pool, worker);
        scene.heap.type("shop.Main", "java.lang.Object", pool);
        return latch;
    }

    private Resource latchOf(HeapScene scene) throws Exception {
        return Dumps.awaited(scene.in(folder), "t1");
    }

    @Test
    void a_latch_that_only_queued_work_of_a_full_pool_has_is_in_the_hands_of_its_workers() throws Exception {
        HeapScene scene = new HeapScene("");
        latchedPool(scene, 1);
        Snapshot snapshot = scene.in(folder);
        Resource latch = Dumps.awaited(snapshot, "t1");
        assertThat(latch.holders().provenance()).isEqualTo(Provenance.OBSERVED);
        assertThat(latch.knownHolders()).extracting(Hold::mode).containsExactly(AccessMode.WILL_RUN);
        assertThat(snapshot.works().pools())
                .containsExactly(new WorkPool(JUC + "ThreadPoolExecutor", null, List.of(1L), 1L, "Carry", List.of()));
    }

    @Test
    void a_latch_that_something_else_has_as_well_is_only_inferred_to_be() throws Exception {
        HeapScene scene = new HeapScene("");
        long latch = latchedPool(scene, 1);
        scene.running(scene.newThread(false, 0), latch);
        Snapshot snapshot = scene.in(folder);
        Resource found = Dumps.awaited(snapshot, "t1");
        assertThat(found.holders().provenance()).isEqualTo(Provenance.INFERRED);
        assertThat(snapshot.works().pools().get(0).signals()).containsExactly(found.id());
    }

    @Test
    void a_latch_that_only_queued_work_has_may_be_far_from_it() throws Exception {
        HeapScene scene = new HeapScene("");
        latchedPool(scene, 1, 40);
        Resource latch = latchOf(scene);
        assertThat(latch.holders().provenance()).isEqualTo(Provenance.OBSERVED);
        assertThat(latch.knownHolders()).extracting(Hold::mode).containsExactly(AccessMode.WILL_RUN);
    }

    @Test
    void a_latch_far_from_queued_work_that_something_else_has_as_well_is_in_nobodys_hands_we_know() throws Exception {
        HeapScene scene = new HeapScene("");
        long latch = latchedPool(scene, 1, 40);
        scene.running(scene.newThread(false, 0), latch);
        Snapshot snapshot = scene.in(folder);
        Resource found = Dumps.awaited(snapshot, "t1");
        assertThat(found.holders().provenance()).isEqualTo(Provenance.UNKNOWN);
        assertThat(snapshot.works().pools().get(0).signals()).isEmpty();
    }

    @Test
    void a_latch_whose_pool_could_start_more_workers_is_in_nobodys_hands_we_know() throws Exception {
        HeapScene scene = new HeapScene("");
        latchedPool(scene, 2);
        assertThat(latchOf(scene).holders().provenance()).isEqualTo(Provenance.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ThreadPoolExecutor.workQueue",
                "ThreadPoolExecutor.maximumPoolSize",
                "ThreadPoolExecutor$Worker",
                "ThreadPoolExecutor$Worker.this$0",
                "ThreadPoolExecutor$Worker.thread",
                "LinkedBlockingQueue",
                "LinkedBlockingQueue.head",
                "LinkedBlockingQueue$Node.item",
                "LinkedBlockingQueue$Node.next"
            })
    void without_one_of_its_sources_it_is_never_told(String source) throws Exception {
        HeapScene scene = new HeapScene(JUC + source);
        latchedPool(scene, 1);
        assertThat(latchOf(scene).holders().provenance()).isEqualTo(Provenance.UNKNOWN);
    }

    /** The thread of a timer of Netty waits in a task for a latch that a later task has; a static field leads to the timer. */
    private static long wheel(HeapScene scene, String... stack) {
        String timer = "io.netty.util.HashedWheelTimer";
        scene.heap
                .type(timer, "java.lang.Object", "wheel", "timeouts")
                .type(timer + "$Worker", "java.lang.Object", "this$0")
                .type(timer + "$HashedWheelBucket", "java.lang.Object", "head")
                .type(timer + "$HashedWheelTimeout", "java.lang.Object", "task", "next")
                .type(JUC + "LinkedBlockingQueue", "java.lang.Object", "head", "capacity:int")
                .type("shop.Bell", "java.lang.Object", "latch");
        long latch = scene.heap.newId();
        long wheel = scene.heap.newId();
        long worker = scene.heap.object(timer + "$Worker", wheel);
        long thread = scene.newThread(HeapScene.PARKED, latch, worker);
        long waits = scene.heap.object(JUC + "locks.AbstractQueuedSynchronizer$Node", 0, 0, thread, 1);
        scene.heap.object(latch, JUC + "CountDownLatch$Sync", waits, waits, 1, 0);
        scene.heap.stack(thread, List.of(stack), Map.of(2, new long[] {latch}));
        long timeout = scene.heap.object(timer + "$HashedWheelTimeout", scene.heap.object("shop.Bell", latch), 0);
        long bucket = scene.heap.object(timer + "$HashedWheelBucket", timeout);
        scene.heap.object(
                wheel,
                timer,
                scene.heap.array(bucket),
                scene.heap.object(JUC + "LinkedBlockingQueue", 0, Integer.MAX_VALUE));
        scene.heap.type("shop.Main", "java.lang.Object", wheel);
        return latch;
    }

    private static final String[] IN_TASK = {
        "jdk.internal.misc.Unsafe.park",
        JUC + "locks.LockSupport.park",
        JUC + "CountDownLatch.await",
        "shop.Bell.run",
        "io.netty.util.HashedWheelTimer$Worker.run"
    };

    @Test
    void a_latch_that_only_a_later_task_of_a_wheel_has_is_in_the_hands_of_its_thread() throws Exception {
        HeapScene scene = new HeapScene("");
        wheel(scene, IN_TASK);
        Resource latch = latchOf(scene);
        assertThat(latch.holders().provenance()).isEqualTo(Provenance.OBSERVED);
        assertThat(latch.knownHolders()).extracting(Hold::mode).containsExactly(AccessMode.WILL_RUN);
    }

    @Test
    void a_latch_of_a_wheel_that_somebody_who_runs_has_as_well_is_only_inferred() throws Exception {
        HeapScene scene = new HeapScene("");
        long latch = wheel(scene, IN_TASK);
        scene.running(scene.newThread(false, 0), latch);
        assertThat(latchOf(scene).holders().provenance()).isEqualTo(Provenance.INFERRED);
    }

    /** A worker of JBoss's pool waits for a latch that queued work has; the factory of the pool wraps what its threads run. */
    private static long wrapped(HeapScene scene, String array, String bottom) {
        String pool = "org.jboss.threads.EnhancedQueueExecutor";
        scene.heap
                .type(pool, "java.lang.Object", array, "growthResistance:int")
                .type(pool + "$ThreadBody", "java.lang.Object", "this$0")
                .type(pool + "$TaskNode", "java.lang.Object", "task", "next")
                .type(pool + "$Task", "java.lang.Object", "delegate")
                .type("shop.Wrapper", "java.lang.Object", "inner")
                .type("shop.Bell", "java.lang.Object", "latch");
        long latch = scene.heap.newId();
        long executor = scene.heap.newId();
        long body = scene.heap.object(pool + "$ThreadBody", executor);
        long wrapper = scene.heap.object("shop.Wrapper", scene.heap.object("shop.Wrapper", body));
        long thread = scene.newThread(HeapScene.PARKED, latch, wrapper);
        long waits = scene.heap.object(JUC + "locks.AbstractQueuedSynchronizer$Node", 0, 0, thread, 1);
        scene.heap.object(latch, JUC + "CountDownLatch$Sync", waits, waits, 1, 0);
        List<String> stack = List.of(
                "jdk.internal.misc.Unsafe.park",
                JUC + "locks.LockSupport.park",
                JUC + "CountDownLatch.await",
                "shop.Bell.run",
                bottom,
                "shop.Wrapper.run");
        scene.heap.stack(thread, stack, Map.of(2, new long[] {latch}, 4, new long[] {body}));
        long task = scene.heap.object(pool + "$Task", scene.heap.object("shop.Bell", latch));
        long head = scene.heap.object(pool + "$TaskNode", 0, scene.heap.object(pool + "$TaskNode", task, 0));
        scene.heap.object(executor, pool, scene.heap.array(head), 0);
        scene.heap.type("shop.Main", "java.lang.Object", executor);
        return latch;
    }

    @ParameterizedTest
    @ValueSource(strings = {"unsharedTaskNodes", "unsharedObjects"})
    void a_worker_whose_factory_wraps_what_it_runs_is_found_on_its_stack(String array) throws Exception {
        HeapScene scene = new HeapScene("");
        wrapped(scene, array, "org.jboss.threads.EnhancedQueueExecutor$ThreadBody.run");
        Resource latch = latchOf(scene);
        assertThat(latch.holders().provenance()).isEqualTo(Provenance.OBSERVED);
        assertThat(latch.knownHolders()).extracting(Hold::mode).containsExactly(AccessMode.WILL_RUN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unsharedObjects:org.jboss.threads.EnhancedQueueExecutor$ThreadBody.toString",
                "nodes:org.jboss.threads.EnhancedQueueExecutor$ThreadBody.run"
            })
    void a_thread_that_does_not_run_a_worker_or_whose_queue_is_kept_in_another_way_tells_nothing(String how)
            throws Exception {
        HeapScene scene = new HeapScene("");
        String array = how.substring(0, how.indexOf(':'));
        wrapped(scene, array, how.substring(array.length() + 1));
        assertThat(latchOf(scene).holders().provenance()).isEqualTo(Provenance.UNKNOWN);
    }
}
