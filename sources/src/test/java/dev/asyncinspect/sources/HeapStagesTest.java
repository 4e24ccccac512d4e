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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a heap tells of a worker that waits for a stage which hangs on work in the queue of its own pool. */
class HeapStagesTest {

    private static final String JUC = HeapScene.JUC;
    private static final String FUTURE = JUC + "CompletableFuture";
    private static final String HTTP = "jdk.internal.net.http.common.SequentialScheduler$SchedulableTask";

    private static final String HTTP_FUTURE = "jdk.internal.net.http.common.MinimalFuture";

    @TempDir
    Path folder;

    private final HeapScene scene = new HeapScene("");
    private final long awaited = scene.heap.newId();

    /** The only worker of a pool waits for a stage, while this work lies in the queue. */
    private Snapshot worker(long work) throws Exception {
        scene.heap
                .type(
                        JUC + "ThreadPoolExecutor",
                        "java.lang.Object",
                        "workQueue",
                        "corePoolSize:int",
                        "maximumPoolSize:int")
                .type(JUC + "ThreadPoolExecutor$Worker", "java.lang.Object", "this$0", "thread")
                .type(JUC + "LinkedBlockingQueue", "java.lang.Object", "head", "capacity:int")
                .type(JUC + "LinkedBlockingQueue$Node", "java.lang.Object", "item", "next");
        long signaller = scene.heap.newId();
        long worker = scene.newThread(true, signaller);
        scene.heap.object(signaller, FUTURE + "$Signaller", worker);
        scene.parked(worker, FUTURE + ".join", awaited);
        long node = scene.heap.object(JUC + "LinkedBlockingQueue$Node", work, 0);
        long head = scene.heap.object(JUC + "LinkedBlockingQueue$Node", 0, node);
        long queue = scene.heap.object(JUC + "LinkedBlockingQueue", head, Integer.MAX_VALUE);
        long pool = scene.heap.object(JUC + "ThreadPoolExecutor", queue, 1, 1);
        scene.heap.object(JUC + "ThreadPoolExecutor$Worker", pool, worker);
        scene.heap.type("shop.Main", "java.lang.Object", pool);
        scene.running(scene.newThread(false, 0), awaited);
        return scene.in(folder);
    }

    /** A future that is not complete, and on which the awaited one hangs by a completion of this class. */
    private long source(String completion) {
        scene.heap
                .type(FUTURE + "$Completion", "java.lang.Object", "next")
                .type(FUTURE + "$" + completion, FUTURE + "$Completion", "dep");
        return scene.heap.object(FUTURE, 0, scene.heap.object(FUTURE + "$" + completion, awaited, 0));
    }

    private long supplies(long future) {
        scene.heap.type(FUTURE + "$AsyncSupply", "java.lang.Object", "dep");
        return scene.heap.object(FUTURE + "$AsyncSupply", future);
    }

    private void awaitedFuture(long stack) {
        scene.heap.object(awaited, FUTURE, 0, stack);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UniApply", "UniCompose", "UniRelay", "BiApply"})
    void a_stage_that_hangs_on_queued_work_is_in_the_hands_of_the_workers(String completion) throws Exception {
        awaitedFuture(0);
        Resource stage = Dumps.awaited(worker(supplies(source(completion))), "t1");
        assertThat(stage.holders().provenance()).isEqualTo(Provenance.INFERRED);
        assertThat(stage.knownHolders()).extracting(Hold::mode).containsExactly(AccessMode.WILL_RUN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OrApply", "AnyOf"})
    void a_stage_that_needs_one_of_several_is_in_nobodys_hands_we_know(String completion) throws Exception {
        awaitedFuture(0);
        Snapshot snapshot = worker(supplies(source(completion)));
        assertThat(snapshot.works().pools().get(0).signals())
                .containsExactly(Dumps.awaited(snapshot, "t1").id()); // no more than a hint
    }

    @Test
    void a_stage_with_a_timeout_is_in_nobodys_hands() throws Exception {
        scene.heap.type(FUTURE + "$Canceller", "java.lang.Object", "f");
        long source = source("UniApply");
        scene.heap.type(FUTURE + "$UniWhenComplete", FUTURE + "$Completion", "fn");
        long canceller = scene.heap.object(FUTURE + "$Canceller", awaited);
        awaitedFuture(scene.heap.object(FUTURE + "$UniWhenComplete", canceller, 0));
        assertThat(Dumps.awaited(worker(supplies(source)), "t1").holders().provenance())
                .isEqualTo(Provenance.UNKNOWN);
    }

    @Test
    void an_answer_that_queued_work_of_its_http_client_leads_to_is_in_the_hands_of_the_workers() throws Exception {
        scene.heap.type(HTTP_FUTURE, FUTURE).type(HTTP, "java.lang.Object", "this$0");
        scene.heap.object(awaited, HTTP_FUTURE);
        Snapshot snapshot = worker(scene.heap.object(HTTP, source("UniRelay")));
        Resource stage = Dumps.awaited(snapshot, "t1");
        assertThat(stage.knownHolders()).extracting(Hold::mode).containsExactly(AccessMode.WILL_RUN);
        assertThat(snapshot.works().pools()).extracting(WorkPool::signals).containsExactly(List.of());
    }

    @Test
    void a_future_of_the_program_that_work_of_an_http_client_leads_to_is_only_guessed_to_come_from_it()
            throws Exception {
        awaitedFuture(0);
        scene.heap.type(HTTP, "java.lang.Object", "this$0");
        Snapshot snapshot = worker(scene.heap.object(HTTP, source("UniRelay")));
        assertThat(snapshot.works().pools().get(0).signals())
                .containsExactly(Dumps.awaited(snapshot, "t1").id());
    }

    @Test
    void a_future_that_other_queued_work_leads_to_is_only_guessed_to_come_from_it() throws Exception {
        awaitedFuture(0);
        scene.heap.type("shop.Carry", "java.lang.Object", "done");
        Snapshot snapshot = worker(scene.heap.object("shop.Carry", source("UniRelay")));
        assertThat(snapshot.works().pools().get(0).signals())
                .containsExactly(Dumps.awaited(snapshot, "t1").id());
    }
}
