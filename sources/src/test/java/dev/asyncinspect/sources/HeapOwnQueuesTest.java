package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Provenance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a heap tells of latches that only work in a queue would count down which an object of the program's own runs. */
class HeapOwnQueuesTest {

    private static final String JUC = HeapScene.JUC;
    private static final String PARK = "jdk.internal.misc.Unsafe.park";
    private static final String PARKS = JUC + "locks.LockSupport.park";
    private static final String AWAIT = JUC + "CountDownLatch.await";

    @TempDir
    Path folder;

    private final HeapScene scene = new HeapScene("");
    private long latch;
    private long queue;

    /**
     * A thread waits at a latch below these frames, the last of which has a loop with a queue; work in the queue has the latch,
     * and a static field leads to all of it.
     */
    private long waitingBelow(String... frames) {
        scene.heap
                .type("bus.Loop", "java.lang.Object", "events")
                .type(JUC + "LinkedBlockingQueue", "java.lang.Object", "head", "capacity:int")
                .type(JUC + "LinkedBlockingQueue$Node", "java.lang.Object", "item", "next")
                .type("shop.Answer", "java.lang.Object", "done");
        latch = scene.heap.newId();
        long thread = scene.newThread(true, latch);
        long waits = scene.heap.object(JUC + "locks.AbstractQueuedSynchronizer$Node", 0, 0, thread, 1);
        scene.heap.object(latch, JUC + "CountDownLatch$Sync", waits, waits, 1, 0);
        long answer = scene.heap.object("shop.Answer", latch);
        long node = scene.heap.object(JUC + "LinkedBlockingQueue$Node", answer, 0);
        long head = scene.heap.object(JUC + "LinkedBlockingQueue$Node", 0, node);
        queue = scene.heap.object(JUC + "LinkedBlockingQueue", head, Integer.MAX_VALUE);
        long loop = scene.heap.object("bus.Loop", queue);
        scene.heap.type("shop.Main", "java.lang.Object", loop);
        List<String> stack = new ArrayList<>(List.of(PARK, PARKS, AWAIT));
        stack.addAll(List.of(frames));
        scene.heap.stack(
                thread, stack, Map.of(2, new long[] {latch}, stack.indexOf("bus.Loop.run"), new long[] {loop}));
        return thread;
    }

    private Fact<List<Hold>> holders() throws Exception {
        return Dumps.awaited(scene.in(folder), "t1").holders();
    }

    private void assertTheLoopIsToRunIt() throws Exception {
        Fact<List<Hold>> holders = holders();
        assertThat(holders.provenance()).isEqualTo(Provenance.INFERRED);
        assertThat(holders.orNull())
                .extracting(Hold::taskId, Hold::mode)
                .containsExactly(tuple(1L, AccessMode.WILL_RUN));
    }

    @Test
    void a_thread_that_runs_its_own_queue_and_waits_in_a_callback_waits_for_itself() throws Exception {
        waitingBelow("shop.Answers.received", "bus.Loop.deliver", "bus.Loop.run", "java.lang.Thread.run");
        assertTheLoopIsToRunIt();
    }

    @Test
    void a_lambda_that_an_ordered_queue_runs_on_a_worker_of_others_waits_for_it() throws Exception {
        waitingBelow("shop.Answers.lambda$ask$0", "bus.Loop.run", "net.Loops.work", "java.lang.Thread.run");
        assertTheLoopIsToRunIt();
    }

    @Test
    void who_hands_in_work_and_waits_for_it_does_not_run_the_queue() throws Exception {
        waitingBelow("bus.Pending.await", "bus.Loop.run", "shop.Main.ask", "java.lang.Thread.run");
        assertThat(holders().provenance()).isEqualTo(Provenance.UNKNOWN);
    }

    @Test
    void a_queue_from_which_somebody_else_takes_keeps_nobody_waiting() throws Exception {
        waitingBelow("shop.Answers.received", "bus.Loop.run", "java.lang.Thread.run");
        scene.running(scene.newThread(false, 0), queue);
        assertThat(holders().provenance()).isEqualTo(Provenance.UNKNOWN);
    }

    @Test
    void a_latch_that_somebody_who_runs_has_as_well_is_only_a_hint() throws Exception {
        waitingBelow("shop.Answers.received", "bus.Loop.run", "java.lang.Thread.run");
        scene.running(scene.newThread(false, 0), latch);
        assertThat(holders()).asString().contains("something that can still run reaches it as well");
    }
}
