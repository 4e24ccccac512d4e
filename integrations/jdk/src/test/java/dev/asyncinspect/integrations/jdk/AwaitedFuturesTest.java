package dev.asyncinspect.integrations.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.fold.FoldLimits;
import dev.asyncinspect.core.fold.ResourceInfo;
import dev.asyncinspect.core.fold.TaskFold;
import dev.asyncinspect.core.recorder.Drained;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.integrations.jdk.TaskTable.Entry;
import dev.asyncinspect.testkit.OwnInstrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the table of awaited futures lets go of, without any hook: who waits and who ends calls it here himself. */
class AwaitedFuturesTest {

    private static final int MANY = 200_000;
    private static final int FEW = 100;

    private final Recorder recorder = Recorder.create();
    private final AwaitedFutures futures;
    private final HandedTasks tasks;

    AwaitedFuturesTest() {
        recorder.turn(true);
        TaskCode code = new TaskCode(recorder, type -> false);
        Creations creations = new Creations(recorder, Extras.NONE);
        FailedThreads failures = new FailedThreads(recorder);
        futures = new AwaitedFutures(recorder, new Stages(recorder, code, creations, failures));
        tasks = new HandedTasks(recorder, code, creations, failures, futures);
    }

    @AfterEach
    void nothing_was_dropped() {
        assertThat(recorder.dropped()).isZero();
    }

    @BeforeAll
    static void open() {
        Insides.open(OwnInstrumentation.get());
    }

    @Test
    void more_futures_than_have_room_are_told_one_after_the_other_though_the_program_keeps_them_all() {
        List<CompletableFuture<String>> kept = new ArrayList<>();
        int told = 0;
        for (int i = 0; i < MANY; i++) {
            CompletableFuture<String> future = new CompletableFuture<>();
            kept.add(future);
            told += futures.awaited(future) == null ? 0 : 1;
            future.complete("soup");
            futures.noLongerAwaited(future);
            drainNowAndThen(i);
        }
        assertThat(told).isEqualTo(kept.size());
    }

    @Test
    void of_one_object_that_is_handed_in_again_and_again_what_has_no_room_is_counted() {
        Runnable work = () -> {};
        for (int i = 0; i < FEW; i++) {
            tasks.handed(work, EventCodes.EXECUTOR_TASK, true);
        }
        List<Event> told = Drained.events(recorder);
        long created = told.stream().filter(Event.Created.class::isInstance).count();
        assertThat(created).isPositive().isLessThan(FEW);
        assertThat(created + recorder.untold()).isEqualTo(FEW);
    }

    @Test
    void work_that_nobody_waited_for_leaves_no_event_and_no_trace_of_its_future() {
        List<CompletableFuture<String>> kept = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            AtomicReference<Runnable> work = new AtomicReference<>();
            kept.add(CompletableFuture.supplyAsync(() -> "soup", work::set));
            run(work.get());
            assertThat(i % FEW != 0
                            || Drained.events(recorder).stream().noneMatch(Event.ResourceNamed.class::isInstance))
                    .isTrue();
        }
        assertThat(futures.awaited(new CompletableFuture<>())).isNotNull();
        assertThat(kept).hasSize(MANY);
    }

    @Test
    void a_program_that_gets_the_results_of_very_many_tasks_fills_no_memory_of_who_holds_what() {
        TaskFold fold = new TaskFold(new FoldLimits(FEW, FEW, FEW), recorder.symbols());
        long permit = recorder.newResourceId();
        recorder.resource(recorder.now(), EventCodes.SEMAPHORE, 1, recorder.symbol("till"), permit);
        recorder.acquired(recorder.now(), 1, EventCodes.PERMITS, 1, 0, permit);
        List<FutureTask<String>> kept = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            FutureTask<String> task = new FutureTask<>(() -> "soup");
            kept.add(task);
            tasks.handed(task, EventCodes.EXECUTOR_TASK, true);
            assertThat(futures.told(Objects.requireNonNull(tasks.of(task)))).isNotNull();
            run(task);
            if (i % FEW == 0) {
                foldInto(fold);
            }
        }
        foldInto(fold);

        assertThat(fold.resources()).hasSizeLessThanOrEqualTo(FEW);
        assertThat(fold.resources())
                .filteredOn(resource -> !resource.holders().isEmpty())
                .extracting(ResourceInfo::name)
                .containsExactly("till");
        assertThat(kept).hasSize(MANY);
    }

    @Test
    void a_task_that_ends_while_the_first_waiter_tells_of_it_is_given_back_once() {
        Entry task = new Entry(new Object(), 7);
        task.code = recorder.symbol("Kitchen.cook");
        AwaitedFuture before = Objects.requireNonNull(AwaitedFuture.of(task, recorder));
        AwaitedFuture.over(task, recorder);
        before.tell(recorder);
        assertThat(Drained.events(recorder)).as("too late to be told").isEmpty();
        assertThat(AwaitedFuture.of(task, recorder)).isNull();

        Entry other = new Entry(new Object(), 8);
        other.code = task.code;
        Objects.requireNonNull(futures.told(other)).tell(recorder);
        AwaitedFuture.over(other, recorder);
        AwaitedFuture.over(other, recorder);
        assertThat(Lives.kinds(Drained.events(recorder))).containsExactly("ResourceNamed", "Acquired", "Released");
    }

    private void run(Runnable work) {
        tasks.begins(work, EventCodes.EXECUTOR_TASK);
        work.run();
        tasks.ends(work, null);
    }

    private void drainNowAndThen(int i) {
        if (i % FEW == 0) {
            Drained.events(recorder);
        }
    }

    private void foldInto(TaskFold fold) {
        Drained.events(recorder).forEach(event -> event.handTo(fold));
    }
}
