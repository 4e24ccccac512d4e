package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.rows.Relation;
import dev.asyncinspect.core.rows.Row;
import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Detail;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.WorkPool;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the rows of an agent say about who holds what, and that what they do not say stays unknown. */
class AttachSnapshotTest {

    private static final String LOCK = "java.util.concurrent.locks.ReentrantLock$NonfairSync";
    private static final String READ_WRITE = "java.util.concurrent.locks.ReentrantReadWriteLock$NonfairSync";
    private static final String FUTURE_TASK = "java.util.concurrent.FutureTask";
    private static final String FUTURE = "java.util.concurrent.CompletableFuture";
    private static final String SIGNALLER = FUTURE + "$Signaller";

    private static ToldRows locked() {
        return new ToldRows()
                .object("lock", LOCK)
                .runs("owner")
                .parked("waiter", "lock", "java.util.concurrent.locks.ReentrantLock.lock:9", "shop.Main.pay:5")
                .number("lock", Relation.COUNT, 1)
                .threadLink("lock", Relation.OWNER, "owner");
    }

    private static ToldRows readLocked() {
        return new ToldRows()
                .object("lock", READ_WRITE)
                .runs("first")
                .runs("second")
                .parked(
                        "waiter",
                        "lock",
                        "java.util.concurrent.locks.ReentrantReadWriteLock$WriteLock.lock:9",
                        "shop.Main.pay:5")
                .number("lock", Relation.COUNT, 2 << 16)
                .number("lock", Relation.READERS, 2)
                .threadLink("lock", Relation.READER, "first", "second");
    }

    private static ToldRows queuedTask() {
        return new ToldRows()
                .object("task", FUTURE_TASK)
                .parked("worker", "task", FUTURE_TASK + ".get:9", "shop.Main.ask:5")
                .fullPool("pool", "worker")
                .number("task", Relation.DONE, 0)
                .link("pool", Relation.QUEUED, "task");
    }

    private static ToldRows queuedStage() {
        return new ToldRows()
                .object("signal", SIGNALLER)
                .object("awaited", FUTURE)
                .object("source", FUTURE)
                .object("work", FUTURE + "$AsyncSupply")
                .parked("worker", "signal", FUTURE + ".join:9", "shop.Main.ask:5")
                .fullPool("pool", "worker")
                .threadLink("awaited", Relation.WAITER, "worker")
                .link("source", Relation.DEPENDENT, "awaited")
                .link("work", Relation.COMPLETES, "source")
                .link("pool", Relation.QUEUED, "work");
    }

    @Test
    void the_owner_of_a_lock_is_observed() {
        ToldRows told = locked();
        Resource lock = Dumps.awaited(told.snapshot(), "waiter");
        assertThat(lock.kind()).isEqualTo(ResourceKind.LOCK);
        assertThat(lock.holders().provenance()).isEqualTo(Provenance.OBSERVED);
        assertThat(lock.knownHolders()).extracting(Hold::taskId).containsExactly(told.id("owner"));
    }

    @Test
    void a_lock_that_nobody_has_is_known_to_have_no_holder() {
        Resource lock = Dumps.awaited(
                new ToldRows()
                        .object("lock", LOCK)
                        .parked("waiter", "lock", "java.util.concurrent.locks.ReentrantLock.lock:9", "shop.Main.pay:5")
                        .number("lock", Relation.COUNT, 0)
                        .snapshot(),
                "waiter");
        assertThat(lock.holders().provenance()).isEqualTo(Provenance.OBSERVED);
        assertThat(lock.knownHolders()).isEmpty();
    }

    @Test
    void readers_are_the_holders_for_a_writer_if_all_were_found() {
        ToldRows told = readLocked();
        assertThat(Dumps.awaited(told.snapshot(), "waiter").knownHolders())
                .extracting(Hold::mode)
                .containsExactly(AccessMode.SHARED, AccessMode.SHARED);
        told.number("lock", Relation.READERS, 3);
        Fact<List<Hold>> holders = Dumps.awaited(told.snapshot(), "waiter").holders();
        assertThat(holders.provenance()).isEqualTo(Provenance.UNKNOWN);
        assertThat(holders.basis()).isEqualTo("3 threads hold it for reading, of which 2 were found");
    }

    @Test
    void work_in_the_queue_of_a_full_pool_is_held_by_its_workers() {
        ToldRows told = queuedTask();
        Resource task = Dumps.awaited(told.snapshot(), "worker");
        assertThat(task.holders().provenance()).isEqualTo(Provenance.OBSERVED);
        assertThat(task.knownHolders()).extracting(Hold::mode).containsExactly(AccessMode.WILL_RUN);
        told.number("pool", Relation.MAX_WORKERS, 2);
        Fact<List<Hold>> holders = Dumps.awaited(told.snapshot(), "worker").holders();
        assertThat(holders.provenance()).isEqualTo(Provenance.INFERRED);
        assertThat(holders.basis()).endsWith("which could start more");
    }

    private static ToldRows latched() {
        return new ToldRows()
                .object("latch", "java.util.concurrent.CountDownLatch$Sync")
                .object("work", "shop.Main$$Lambda/0x1")
                .parked("worker", "latch", "java.util.concurrent.CountDownLatch.await:9", "shop.Main.ask:5")
                .fullPool("pool", "worker")
                .number("pool", Relation.SIZE, 1)
                .link("pool", Relation.QUEUED, "work")
                .text("work", Relation.USER_METHOD, "shop.Main.carry")
                .link("work", Relation.REFERS, "latch");
    }

    @Test
    void a_latch_that_queued_work_of_a_full_pool_refers_to_may_be_signalled_by_its_workers() {
        ToldRows told = latched();
        Snapshot snapshot = told.snapshot();
        Resource latch = Dumps.awaited(snapshot, "worker");
        assertThat(latch.holders().provenance()).isEqualTo(Provenance.INFERRED);
        assertThat(latch.knownHolders()).extracting(Hold::mode).containsExactly(AccessMode.WILL_RUN);
        assertThat(snapshot.works().pools())
                .containsExactly(new WorkPool(
                        "java.util.concurrent.ThreadPoolExecutor",
                        null,
                        List.of(told.id("worker")),
                        1L,
                        "Main.carry",
                        List.of(latch.id())));
    }

    @Test
    void a_latch_that_queued_work_refers_to_is_in_nobodys_hands_we_know_if_the_pool_could_start_more() {
        Snapshot snapshot = latched().number("pool", Relation.MAX_WORKERS, 2).snapshot();
        assertThat(Dumps.awaited(snapshot, "worker").holders().provenance()).isEqualTo(Provenance.UNKNOWN);
        assertThat(snapshot.works().pools().get(0).signals()).isEmpty();
    }

    @Test
    void a_fork_join_pool_is_full_when_all_the_workers_of_its_parallelism_are_seen() {
        ToldRows told = forkJoinTask("FutureTask");
        assertThat(completers(told).provenance()).isEqualTo(Provenance.OBSERVED);
        assertThat(completers(told.number("pool", Relation.PARALLELISM, 2)).basis())
                .endsWith("which could start more");
        assertThat(completers(told.number("pool", Relation.WORKERS, 2)).basis())
                .as("one worker has not begun yet")
                .endsWith("which could start more");
    }

    @Test
    void a_task_of_the_common_pool_may_be_run_by_whoever_joins_it() {
        ToldRows told = forkJoinTask("ForkJoinTask$AdaptedCallable");
        assertThat(completers(told).provenance()).isEqualTo(Provenance.OBSERVED);
        assertThat(completers(told.number("pool", Relation.HELPED, 1)).basis())
                .endsWith("a thread that joins it may run it itself");
        assertThat(completers(forkJoinTask("RecursiveTask")).provenance())
                .as("anybody may complete a task of the program's own class")
                .isEqualTo(Provenance.INFERRED);
    }

    private static ToldRows forkJoinTask(String className) {
        String waits = className.equals("FutureTask") ? FUTURE_TASK : "java.util.concurrent.ForkJoinTask";
        return new ToldRows()
                .object("task", "java.util.concurrent." + className)
                .parked("worker", "task", waits + ".get:9", "shop.Main.ask:5")
                .object("pool", "java.util.concurrent.ForkJoinPool")
                .number("pool", Relation.MAX_WORKERS, 300)
                .number("pool", Relation.PARALLELISM, 1)
                .number("pool", Relation.WORKERS, 1)
                .threadLink("pool", Relation.WORKER, "worker")
                .link("pool", Relation.QUEUED, "task");
    }

    private static Fact<List<Hold>> completers(ToldRows told) {
        return Dumps.awaited(told.snapshot(), "worker").holders();
    }

    @Test
    void the_one_who_runs_the_work_of_a_future_holds_it() {
        ToldRows told = new ToldRows()
                .object("task", FUTURE_TASK)
                .runs("worker")
                .parked("waiter", "task", FUTURE_TASK + ".get:9", "shop.Main.ask:5")
                .threadLink("task", Relation.RUNNER, "worker");
        assertThat(Dumps.awaited(told.snapshot(), "waiter").knownHolders())
                .singleElement()
                .satisfies(hold -> assertThat(hold.mode()).isEqualTo(AccessMode.RUNS));
    }

    @Test
    void a_future_that_is_done_is_held_by_nobody_we_know() {
        ToldRows told = queuedTask().number("task", Relation.DONE, 1);
        assertThat(Dumps.awaited(told.snapshot(), "worker").holders().basis())
                .isEqualTo("it is done: whoever waits is about to go on");
    }

    @Test
    void a_completable_future_is_found_behind_its_signaller_and_its_completer_only_inferred() {
        ToldRows told = queuedStage();
        Resource awaited = Dumps.awaited(told.snapshot(), "worker");
        assertThat(awaited.className()).isEqualTo(FUTURE);
        assertThat(awaited.holders().provenance()).isEqualTo(Provenance.INFERRED);
        assertThat(awaited.knownHolders()).extracting(Hold::taskId).containsExactly(told.id("worker"));
    }

    private static ToldRows scope() {
        return new ToldRows()
                .object("scope", "jdk.internal.misc.ThreadFlock$ThreadContainerImpl")
                .thread("owner", "WAITING", "", "jdk.internal.misc.ThreadFlock.awaitAll:9", "shop.Main.ask:5")
                .runs("fork-1")
                .runs("fork-2")
                .threadLink("scope", Relation.CONTAINER_OWNER, "owner")
                .threadLink("scope", Relation.RUNNER, "fork-1", "fork-2")
                .number("scope", Relation.COUNT, 2)
                .number("scope", Relation.TIMED, 0);
    }

    @Test
    void who_joins_a_scope_waits_for_its_forks() {
        ToldRows told = scope();
        Resource joined = Dumps.awaited(told.snapshot(), "owner");
        assertThat(joined.kind()).isEqualTo(ResourceKind.THREAD_END);
        assertThat(joined.needs())
                .as("the first that fails or succeeds may end the wait")
                .isEqualTo(Resource.Needs.ANY_HOLDER);
        assertThat(joined.knownHolders())
                .extracting(Hold::taskId)
                .containsExactly(told.id("fork-1"), told.id("fork-2"));
    }

    @Test
    void a_scope_whose_forks_were_not_all_found_or_that_has_a_timeout_is_held_by_nobody_we_know() {
        assertThat(joined(scope().number("scope", Relation.COUNT, 3)).basis())
                .isEqualTo("not all of its forks were found");
        assertThat(joined(scope().number("scope", Relation.TIMED, 1)).basis())
                .isEqualTo("the scope has a timeout, which ends the wait");
        ToldRows two = scope().object("other", "jdk.internal.misc.ThreadFlock$ThreadContainerImpl");
        assertThat(joined(two.threadLink("other", Relation.CONTAINER_OWNER, "owner"))
                        .provenance())
                .as("which of two open scopes it joins is not known")
                .isEqualTo(Provenance.UNKNOWN);
    }

    private static Fact<List<Hold>> joined(ToldRows told) {
        return Dumps.awaited(told.snapshot(), "owner").holders();
    }

    @Test
    void the_end_of_a_virtual_thread_is_in_the_hands_of_that_thread() {
        ToldRows told = new ToldRows()
                .object("end", "java.util.concurrent.CountDownLatch$Sync")
                .runs("joined")
                .parked("joiner", "end", "java.util.concurrent.CountDownLatch.await:9", "java.lang.Thread.join:5");
        assertThat(Dumps.awaited(told.snapshot(), "joiner").holders().provenance())
                .isEqualTo(Provenance.UNKNOWN);
        told.threadLink("end", Relation.RUNNER, "joined");
        assertThat(Dumps.awaited(told.snapshot(), "joiner").knownHolders())
                .extracting(Hold::taskId)
                .containsExactly(told.id("joined"));
    }

    @Test
    void the_owner_of_a_monitor_of_a_virtual_thread_is_told_if_it_was_read() {
        ToldRows told = new ToldRows()
                .object("account", "shop.Account")
                .runs("owner")
                .thread("waiter", "BLOCKED", "", "shop.Bank.pay:5")
                .threadLink("account", Relation.BLOCKED, "waiter");
        assertThat(Dumps.awaited(told.snapshot(), "waiter").holders().basis())
                .isEqualTo("its owner is no virtual thread that stands still");
        told.threadLink("account", Relation.MONITOR_OWNER, "owner");
        Resource monitor = Dumps.awaited(told.snapshot(), "waiter");
        assertThat(monitor.kind()).isEqualTo(ResourceKind.MONITOR);
        assertThat(monitor.className()).isEqualTo("shop.Account");
        assertThat(monitor.knownHolders()).extracting(Hold::taskId).containsExactly(told.id("owner"));
    }

    @Test
    void numbers_of_what_nobody_owns_are_told() {
        ToldRows told = new ToldRows()
                .object("node", "java.util.concurrent.Phaser$QNode")
                .object("phaser", "java.util.concurrent.Phaser")
                .parked("party", "node", "java.util.concurrent.Phaser.awaitAdvance:9", "shop.Main.meet:5")
                .link("node", Relation.AWAITS, "phaser")
                .number("phaser", Relation.PHASE, 4)
                .number("phaser", Relation.PARTIES, 3)
                .number("phaser", Relation.ARRIVED, 1);
        Resource phaser = Dumps.awaited(told.snapshot(), "party");
        assertThat(phaser.simpleClassName()).isEqualTo("Phaser");
        assertThat(phaser.details()).extracting(Detail::toString).containsExactly("phase 4", "parties 3", "arrived 1");
    }

    @Test
    void a_stamped_lock_tells_how_many_hold_it_and_never_who() {
        ToldRows told = new ToldRows()
                .object("lock", "java.util.concurrent.locks.StampedLock")
                .parked("writer", "lock", "java.util.concurrent.locks.StampedLock.writeLock:9", "shop.Main.set:5")
                .number("lock", Relation.READERS, 2)
                .number("lock", Relation.WRITERS, 0);
        Resource lock = Dumps.awaited(told.snapshot(), "writer");
        assertThat(lock.details()).extracting(Detail::toString).containsExactly("readers 2", "writers 0");
        assertThat(lock.holders().basis()).isEqualTo("a StampedLock does not record who holds it");
    }

    @Test
    void work_that_nobody_has_started_is_told_with_its_method_and_its_queue() {
        ToldRows told = queuedTask().text("task", Relation.USER_METHOD, "shop.Kitchen.lambda$cook$0");
        assertThat(Dumps.awaited(told.snapshot(), "worker").details())
                .extracting(Detail::toString)
                .containsExactly("runs a lambda in Kitchen.cook", "not started, in the queue of pool 'worker…'");
        assertThat(AttachDetails.readable("shop.Shop$Kitchen.cook")).isEqualTo("Kitchen.cook");
        assertThat(AttachDetails.readable("shop.Shop$Work")).isEqualTo("Work");
        assertThat(AttachDetails.readable("Plain")).isEqualTo("Plain");
    }

    static Stream<ToldRows> scenes() {
        return Stream.of(locked(), readLocked(), queuedTask(), queuedStage());
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void what_one_row_does_not_tell_becomes_unknown_and_never_another_holder(ToldRows told) {
        List<String> all = holds(told.snapshot());
        assertThat(all).isNotEmpty();
        for (Row row : List.copyOf(told.rows)) {
            assertThat(all).as("without " + row).containsAll(holds(told.without(row)));
        }
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void no_holder_is_known_without_the_rows_that_name_threads(ToldRows told) {
        told.rows.removeIf(Row.ThreadLink.class::isInstance);
        assertThat(told.snapshot().resources())
                .isNotEmpty()
                .allSatisfy(
                        resource -> assertThat(resource.holders().provenance()).isEqualTo(Provenance.UNKNOWN));
    }

    @Test
    void rows_that_were_not_sent_make_the_sample_a_part() {
        Snapshot cut = locked().dropped(7).snapshot();
        assertThat(cut.completeness().truncated()).isTrue();
        assertThat(cut.completeness().droppedEvents()).isEqualTo(7);
        assertThat(cut.completeness().gaps())
                .anySatisfy(gap -> assertThat(gap.what()).isEqualTo("7 facts beyond the limit of one sample"));
        assertThat(locked().snapshot().completeness().truncated()).isFalse();
    }

    @Test
    void the_act_of_waiting_is_the_same_as_long_as_the_node_is() {
        ToldRows told = locked().object("node", "a node").threadLink("node", Relation.EPISODE, "waiter");
        int node = told.rows.stream()
                .filter(Row.ThreadLink.class::isInstance)
                .map(Row.ThreadLink.class::cast)
                .filter(row -> row.relation().equals(Relation.EPISODE))
                .findFirst()
                .orElseThrow()
                .ref();
        assertThat(Dumps.task(told.snapshot(), "waiter").waiting().episode()).isEqualTo(node);
    }

    private static List<String> holds(Snapshot snapshot) {
        return snapshot.resources().stream()
                .flatMap(resource -> resource.knownHolders().stream())
                .map(hold -> hold.taskId() + " " + hold.mode())
                .toList();
    }
}
