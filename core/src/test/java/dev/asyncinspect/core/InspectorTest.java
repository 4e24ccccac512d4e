package dev.asyncinspect.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCollector;
import dev.asyncinspect.core.recorder.Recording;
import dev.asyncinspect.core.recorder.Subscription;
import dev.asyncinspect.core.recording.RecordingLimits;
import dev.asyncinspect.core.recording.RecordingReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Recorded.class)
class InspectorTest {

    private static final int TIMES = 10_000;

    private final Inspector inspector = Inspector.global();

    @TempDir
    private Path folder;

    @Test
    void numbers_are_published_without_anybody_asking_for_tasks() {
        Inspect.begin("one").complete();
        Inspect.task("two");

        while (inspector.stats().total() < 2 || inspector.stats().completed() < 1) {
            Thread.onSpinWait();
        }
        assertThat(inspector.stats().pending()).isEqualTo(1);
    }

    @Test
    void tasks_are_selected_and_ordered() {
        long alpha = Inspect.begin("alpha one").taskId();
        long beta = Inspect.task("beta").taskId();
        TaskGuard last = Inspect.begin("Alpha two");
        last.complete();

        assertThat(ids(TaskQuery.ALL)).containsExactly(alpha, beta, last.taskId());
        assertThat(ids(TaskQuery.ALL.named("ALPHA").live())).containsExactly(alpha);
        assertThat(ids(TaskQuery.ALL.slowestFirst())).startsWith(alpha);
        assertThat(ids(TaskQuery.ALL.in(TaskState.PENDING))).containsExactly(beta);
        assertThat(ids(TaskQuery.ALL.polledAtLeast(1).childrenOf(alpha))).containsExactly(last.taskId());
        assertThat(ids(TaskQuery.ALL.polledAtMost(0))).containsExactly(beta);
        assertThat(ids(TaskQuery.ALL.olderThan(1).youngerThan(Long.MAX_VALUE))).contains(alpha, beta);
        assertThat(ids(TaskQuery.ALL.youngerThan(0))).isEmpty();
        assertThat(inspector.roots()).extracting(TaskInfo::id).containsExactly(alpha);
    }

    @Test
    void one_task_in_so_many_is_followed_and_whole() {
        inspector.configure(Configuration.of(Mode.DEVELOPMENT).withSampleOneIn(4));
        for (int i = 0; i < 400; i++) {
            try (TaskGuard task = Inspect.begin("sampled")) {
                task.complete();
            }
            if (i % 20 == 0) {
                inspector.tasks(); // makes room
            }
        }
        List<TaskInfo> tasks = inspector.tasks();
        assertThat(tasks.size()).isBetween(50, 150);
        assertThat(tasks).allMatch(task -> task.state() == TaskState.COMPLETED && task.polls() == 1);
    }

    @Test
    void limits_of_tasks_bite_and_are_counted() {
        inspector.configure(Configuration.of(Mode.DEVELOPMENT).withMaxTasks(5, 2));
        List<TaskGuard> guards = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            guards.add(Inspect.task("many"));
        }
        assertThat(inspector.tasks()).hasSize(5);
        guards.forEach(TaskGuard::complete);
        assertThat(inspector.tasks()).hasSize(2);
        assertThat(inspector.stats().refused()).isEqualTo(4);
        assertThat(inspector.stats().evicted()).isEqualTo(3);
    }

    @Test
    void the_limit_of_memory_for_events_bites_and_the_newest_are_kept() {
        int kept = 2048; // 64 KB
        inspector.configure(Configuration.of(Mode.DEVELOPMENT).withMaxEventBytes(1));
        for (int i = 0; i < 2 * kept; i++) {
            Inspect.point("passed", i % 2 == 0 ? "even" : "odd");
            if (i % 200 == 0) {
                inspector.events(); // so that none is dropped
            }
        }
        Inspect.point("last");
        List<Event> points = inspector.events().stream()
                .filter(event -> event instanceof Event.Point)
                .toList();
        assertThat(points).hasSizeLessThanOrEqualTo(kept);
        assertThat(inspector.symbols().text(((Event.Point) points.get(points.size() - 1)).label()))
                .isEqualTo("last");
        inspector.configure(Configuration.of(Mode.DEVELOPMENT));
    }

    @Test
    void a_task_that_is_refused_is_counted_once_however_much_it_does() {
        inspector.configure(Configuration.of(Mode.DEVELOPMENT).withMaxTasks(2, 2));
        for (int i = 0; i < 5; i++) {
            Inspect.begin("many").pause();
        }
        assertThat(inspector.tasks()).hasSize(2);
        assertThat(inspector.stats().refused()).isEqualTo(3);
        inspector.reset();
    }

    @Test
    void what_lives_while_it_is_switched_off_is_incomplete_afterwards() {
        TaskGuard task = Inspect.begin("ends unseen");
        inspector.disable();
        task.complete();
        assertThat(Recorded.task(task.taskId()).incomplete()).isFalse();
        inspector.enable();
        TaskGuard next = Inspect.begin("next");

        assertThat(Recorded.task(task.taskId()).incomplete()).isTrue();
        assertThat(Recorded.task(next.taskId()).incomplete()).isFalse();
        inspector.reset();
    }

    @Test
    void switched_off_nothing_is_allocated_or_known() throws Exception {
        inspector.disable();
        CompletableFuture<Integer> done = CompletableFuture.completedFuture(1);
        assertThat(allocated(() -> {
                    Inspect.point("label", "message");
                    Inspect.await("label", done);
                    var unused = Inspect.future("label", done);
                }))
                .isLessThan(TIMES);
        assertThat(inspector.tasks()).isEmpty();
        assertThat(inspector.events()).noneMatch(event -> event instanceof Event.Point);
    }

    @Test
    void switched_on_a_point_and_a_ready_await_allocate_nothing_either() throws Exception {
        CompletableFuture<Integer> done = CompletableFuture.completedFuture(1);
        assertThat(allocated(() -> Inspect.await("label", done))).isLessThan(TIMES);
        long before = Inspector.RECORDER.dropped();
        int fewerThanARingHolds = 500;
        long bytes = allocated(() -> Inspect.point("label", "message"), fewerThanARingHolds);
        assertThat(Inspector.RECORDER.dropped()).isEqualTo(before);
        assertThat(bytes).isLessThan(fewerThanARingHolds * 8L);
    }

    @Test
    void a_creation_site_names_method_and_line() {
        inspector.configure(Configuration.of(Mode.DEVELOPMENT).withCreationSites(true));
        long task = Inspect.task("with").taskId();

        inspector.configure(Configuration.of(Mode.DEVELOPMENT));
        assertThat(Recorded.task(Inspect.task("without").taskId()).site()).isNull();
        assertThat(Recorded.task(task).site())
                .matches(".*InspectorTest\\.a_creation_site_names_method_and_line\\(InspectorTest.java:\\d+\\)");
    }

    @Test
    void awaits_are_not_told_if_they_are_not_wanted() throws Exception {
        inspector.configure(Configuration.of(Mode.DEVELOPMENT).withTrackAwaits(false));
        Inspect.await("label", () -> 1);

        assertThat(inspector.events()).noneMatch(event -> event instanceof Event.AwaitStart);
    }

    @Test
    void a_subscriber_sees_events_as_they_come() throws InterruptedException {
        LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
        Subscription subscription = inspector.subscribe(new EventCollector(event -> {
            if (event instanceof Event.Created) {
                events.add(event);
            }
        }));
        TaskGuard task = Inspect.task("seen");
        Event.Created created = (Event.Created) events.poll(1, TimeUnit.MINUTES);
        subscription.close();

        assertThat(created).isNotNull();
        assertThat(created.taskId()).isEqualTo(task.taskId());
    }

    @Test
    void a_recording_is_written_while_it_is_open() throws Exception {
        Path path = folder.resolve("recording.air");
        TaskGuard task;
        try (Recording recording = inspector.record(path, RecordingLimits.DEFAULT)) {
            task = Inspect.begin("recorded");
            assertThat(recording.problem()).isNull();
        }
        Inspect.point("after");
        List<Event> events = new ArrayList<>();
        RecordingReader.open(path).forEach(new EventCollector(events::add));

        assertThat(events).anyMatch(event -> event instanceof Event.PollStart start && start.taskId() == task.taskId());
        assertThat(events).noneMatch(event -> event instanceof Event.Point);
    }

    @Test
    void what_recording_costs_can_be_measured() {
        Overhead overhead = inspector.measureOverhead();

        assertThat(overhead.clockNanos()).isPositive();
        assertThat(overhead.eventNanos()).isPositive();
        assertThat(overhead.taskNanos()).isGreaterThan(overhead.eventNanos());
        assertThat(inspector.tasks()).isEmpty();
    }

    private List<Long> ids(TaskQuery query) {
        return inspector.tasks(query).stream().map(TaskInfo::id).toList();
    }

    private interface Action {
        void run() throws Exception;
    }

    private static long allocated(Action action) throws Exception {
        return allocated(action, TIMES);
    }

    /** Bytes that the current thread allocates, after the first time. */
    private static long allocated(Action action, int times) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        action.run();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (int i = 0; i < times; i++) {
            action.run();
        }
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }
}
