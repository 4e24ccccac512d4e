package dev.asyncinspect.integrations.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.Drained;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.integrations.jdk.TaskTable.Entry;
import dev.asyncinspect.testkit.OwnInstrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is remembered of tasks handed in while one in two is followed. */
class SampledTasksTest {

    private static final int MANY = 64;

    private final Recorder recorder = Recorder.create();
    private final HandedTasks tasks;

    SampledTasksTest() {
        recorder.follow(2, false);
        recorder.turn(true);
        TaskCode code = new TaskCode(recorder, type -> false);
        Creations creations = new Creations(recorder, Extras.NONE);
        FailedThreads failures = new FailedThreads(recorder);
        AwaitedFutures futures = new AwaitedFutures(recorder, new Stages(recorder, code, creations, failures));
        tasks = new HandedTasks(recorder, code, creations, failures, futures);
    }

    @BeforeAll
    static void open() {
        Insides.open(OwnInstrumentation.get());
    }

    private static FutureTask<String> future() {
        return new FutureTask<>(() -> "soup");
    }

    private Entry handed(Object task) {
        return tasks.handed(task, EventCodes.EXECUTOR_TASK, true);
    }

    private List<Event> createdAndEnded() {
        return Drained.events(recorder).stream()
                .filter(event -> event instanceof Event.Created || event instanceof Event.Ended)
                .toList();
    }

    @Test
    void a_task_that_is_left_out_is_not_remembered_and_not_told() {
        List<Object> all = new ArrayList<>();
        int followed = 0;
        for (int i = 0; i < MANY; i++) {
            Object task = future();
            all.add(task);
            Entry entry = handed(task);
            followed += entry == null ? 0 : 1;
            assertThat(entry == null || recorder.follows(entry.taskId)).isTrue();
        }
        assertThat(followed).isBetween(MANY / 4, MANY * 3 / 4);
        for (Object task : all) {
            tasks.begins(task, EventCodes.EXECUTOR_TASK);
            tasks.ends(task, new IllegalStateException("no more stock"));
        }

        assertThat(createdAndEnded()).hasSize(2 * followed);
    }

    @Test
    void of_an_object_that_may_be_in_a_queue_many_times_each_time_is_remembered() {
        Runnable once = () -> {};
        for (int i = 0; i < MANY / 4; i++) {
            assertThat(handed(once)).isNotNull();
        }
    }

    @Test
    void an_executor_that_refuses_a_task_which_is_left_out_has_not_refused_the_one_before() {
        Entry kept = null;
        while (kept == null) {
            kept = handed(future());
        }
        Entry next = kept;
        while (next != null) {
            kept = next;
            next = handed(future());
        }
        tasks.refusedLast();

        assertThat(createdAndEnded()).noneMatch(Event.Ended.class::isInstance);
        assertThat(kept.isRun()).isFalse();
    }
}
