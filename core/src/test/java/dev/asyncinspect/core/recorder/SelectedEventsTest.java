package dev.asyncinspect.core.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.TaskInfo;
import dev.asyncinspect.core.TaskState;
import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.event.EventCollector;
import dev.asyncinspect.core.event.EventDecoder;
import dev.asyncinspect.core.event.TaskIds;
import dev.asyncinspect.core.fold.FoldLimits;
import dev.asyncinspect.core.fold.Selection;
import dev.asyncinspect.core.fold.TaskFold;
import dev.asyncinspect.core.recording.RecordingLimits;
import dev.asyncinspect.core.recording.RecordingReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectedEventsTest {

    private static final long WORKER = 31;
    private static final long LOCK = 77;

    @TempDir
    private Path folder;

    private final Recorder recorder = new Recorder(2, 1024);
    private final List<Event> told = new ArrayList<>();

    SelectedEventsTest() {
        recorder.turn(true);
    }

    private Pump pump(Selection selection) {
        recorder.turn(false);
        recorder.follow(selection.oneIn(), false);
        recorder.turn(true);
        return newPump(selection);
    }

    private Pump newPump(Selection selection) {
        Pump pump = new Pump(recorder, new FoldLimits(1_000, 1, 100), 1, (events, pumpNanos, nanos) -> {}, selection);
        EventCollector collector = new EventCollector(told::add);
        pump.tee((head, nanos, taskId, argument) -> EventDecoder.decode(head, nanos, taskId, argument, collector));
        return pump;
    }

    /** A task that waits on its worker, which does not name it, and takes a lock. */
    private void life(long task) {
        begin(task);
        awaits(WORKER, "reply");
        recorder.acquired(recorder.now(), WORKER, EventCodes.EXCLUSIVE, 0, 0, LOCK);
        recorder.released(recorder.now(), WORKER, EventCodes.EXCLUSIVE, 0, 0, LOCK);
        end(task);
    }

    private void begin(long task) {
        recorder.created(recorder.now(), task, EventCodes.EXECUTOR_TASK, 0, WORKER);
        recorder.named(recorder.now(), task, recorder.symbol("order"), 0);
        recorder.pollStart(recorder.now(), task, WORKER);
    }

    private void awaits(long thread, String label) {
        recorder.awaitStart(recorder.now(), thread, EventCodes.AWAIT_ENDS_POLL, recorder.symbol(label), LOCK);
        recorder.awaitEnd(recorder.now(), thread, EventCodes.AWAIT_GOT, LOCK);
    }

    private void end(long task) {
        recorder.ended(recorder.now(), task, EventCodes.COMPLETED, 0);
    }

    private List<Event> of(long task) {
        return told.stream().filter(event -> taskOf(event) == task).toList();
    }

    private static long taskOf(Event event) {
        if (event instanceof Event.Created created) {
            return created.taskId();
        } else if (event instanceof Event.Named named) {
            return named.taskId();
        } else if (event instanceof Event.PollStart start) {
            return start.taskId();
        } else if (event instanceof Event.PollEnd end) {
            return end.taskId();
        } else if (event instanceof Event.AwaitStart start) {
            return start.taskId();
        } else if (event instanceof Event.AwaitEnd end) {
            return end.taskId();
        } else if (event instanceof Event.Ended ended) {
            return ended.taskId();
        }
        return 0;
    }

    private List<Event.Dropped> leftOut() {
        return told.stream()
                .filter(Event.Dropped.class::isInstance)
                .map(Event.Dropped.class::cast)
                .toList();
    }

    @Test
    void one_task_in_so_many_is_told_whole_and_of_the_others_nothing_but_who_holds_what() {
        Pump pump = pump(new Selection(4, Selection.ANY_NUMBER, true));
        List<Long> tasks = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            long task = recorder.newTaskId();
            tasks.add(task);
            life(task);
        }
        pump.flush();

        List<Long> followed =
                tasks.stream().filter(task -> TaskIds.isOneIn(4, task)).toList();
        assertThat(followed).hasSizeBetween(5, 15);
        for (long task : tasks) {
            assertThat(of(task)).hasSize(followed.contains(task) ? 6 : 0);
        }
        assertThat(of(WORKER)).as("what others did is not told of the thread").isEmpty();
        assertThat(told).filteredOn(Event.Acquired.class::isInstance).hasSize(40);
        assertThat(told).filteredOn(Event.Released.class::isInstance).hasSize(40);
    }

    @Test
    void the_others_are_counted() {
        Pump pump = pump(new Selection(1_000_000_000, Selection.ANY_NUMBER, true));
        pump.flush();
        assertThat(leftOut())
                .as("said from the beginning")
                .extracting(Event.Dropped::why)
                .containsOnly(EventCodes.NOT_FOLLOWED);
        pump.start();
        life(recorder.newTaskId());
        life(recorder.newTaskId());
        pump.stop();

        assertThat(leftOut()).extracting(Event.Dropped::why).containsOnly(EventCodes.NOT_FOLLOWED);
        assertThat(leftOut().stream().mapToLong(Event.Dropped::events).sum()).isEqualTo(2);
        assertThat(pump.counts().dropped()).isZero();
    }

    @Test
    void a_followed_task_stops_and_goes_on_with_its_thread_also_if_that_is_left_out() {
        long carrier = 7;
        long thread = LongStream.range(40, 100)
                .filter(id -> !TaskIds.isOneIn(2, id))
                .findFirst()
                .orElseThrow();
        Pump pump = pump(new Selection(2, Selection.ANY_NUMBER, true));
        long task = recorder.newTaskId();
        while (!TaskIds.isOneIn(2, task)) {
            task = recorder.newTaskId();
        }
        recorder.created(recorder.now(), thread, EventCodes.VIRTUAL_THREAD, 0, 0);
        recorder.pollStart(recorder.now(), thread, carrier);
        recorder.created(recorder.now(), task, EventCodes.EXECUTOR_TASK, 0, 0);
        recorder.pollStart(recorder.now(), task, thread);
        long parked = recorder.now();
        recorder.pollEnd(parked, thread, EventCodes.PARK, 0, carrier);
        recorder.woken(recorder.now(), thread, EventCodes.UNPARK, 0);
        recorder.pollStart(recorder.now(), thread, carrier);
        recorder.ended(recorder.now(), task, EventCodes.COMPLETED, 0);
        pump.flush();

        assertThat(of(thread)).isEmpty();
        assertThat(of(task).stream().map(Event::getClass).toList())
                .isEqualTo(List.of(
                        Event.Created.class,
                        Event.PollStart.class,
                        Event.PollEnd.class,
                        Event.PollStart.class,
                        Event.Ended.class));
        assertThat(told).contains(new Event.PollEnd(parked, task, EventCodes.PARK, 0, thread));
        assertThat(told).filteredOn(Event.Woken.class::isInstance).hasSize(1);
        TaskFold reader = new TaskFold(FoldLimits.DEFAULT, recorder.symbols());
        told.forEach(event -> event.handTo(reader));
        TaskInfo read = Objects.requireNonNull(reader.task(task, recorder.now()));
        TaskInfo live = Objects.requireNonNull(pump.task(task));
        assertThat(read.polls()).isEqualTo(2);
        assertThat(read.blockedNanos()).isEqualTo(live.blockedNanos());
        assertThat(read.runningNanos()).isEqualTo(live.runningNanos());
    }

    @Test
    void of_others_that_ran_on_a_thread_which_is_told_of_nothing_is_kept() {
        long thread = LongStream.range(40, 100)
                .filter(id -> TaskIds.isOneIn(2, id))
                .findFirst()
                .orElseThrow();
        Pump pump = pump(new Selection(2, Selection.ANY_NUMBER, true));
        recorder.created(recorder.now(), thread, EventCodes.PLATFORM_THREAD, 0, 0);
        recorder.pollStart(recorder.now(), thread, thread);
        for (int i = 0; i < 100; i++) {
            long task = recorder.newTaskId();
            if (!TaskIds.isOneIn(2, task)) {
                recorder.pollStart(recorder.now(), task, thread);
                awaits(thread, "reply");
                recorder.pollEnd(recorder.now(), task, EventCodes.RETURN, thread);
            }
        }
        awaits(thread, "next");
        pump.flush();

        assertThat(pump.tasks()).extracting(TaskInfo::id).containsExactly(thread);
        assertThat(of(thread).stream().map(Event::getClass).toList())
                .as("what it did for others is not told of the thread")
                .isEqualTo(List.of(
                        Event.Created.class, Event.PollStart.class, Event.AwaitStart.class, Event.AwaitEnd.class));
    }

    @Test
    void it_is_said_that_some_are_left_out_from_when_a_rate_says_so_and_not_before() {
        recorder.turn(false);
        recorder.follow(1, true);
        recorder.turn(true);
        Pump pump = newPump(Selection.ALL);
        long before = recorder.newTaskId();
        life(before);
        pump.flush();
        assertThat(of(before)).hasSize(6);
        assertThat(leftOut()).isEmpty();

        recorder.rates().change(1 << 20, 1_000, before + 1);
        life(before + 1);
        pump.start();
        pump.stop();
        assertThat(of(before + 1)).isEmpty();
        assertThat(leftOut()).extracting(Event.Dropped::why).containsOnly(EventCodes.NOT_FOLLOWED);
        assertThat(leftOut().stream().mapToLong(Event.Dropped::events).sum()).isEqualTo(1);
    }

    @Test
    void a_limit_of_tasks_bites_until_one_of_them_ends() {
        Pump pump = pump(new Selection(1, 2, true));
        long first = recorder.newTaskId();
        long second = recorder.newTaskId();
        long tooMany = recorder.newTaskId();
        long later = recorder.newTaskId();
        begin(first);
        begin(second);
        begin(tooMany);
        end(first);
        awaits(WORKER, "still too many");
        begin(later);
        end(later);
        end(tooMany);
        end(second);
        pump.flush();

        assertThat(of(first)).hasSize(4);
        assertThat(of(second)).hasSize(4);
        assertThat(of(tooMany)).as("left out to its end").isEmpty();
        assertThat(of(later)).hasSize(4);
    }

    @Test
    void tasks_whose_end_was_lost_do_not_fill_the_limit_for_ever() {
        Pump pump = pump(new Selection(1, 1, true));
        begin(recorder.newTaskId());
        pump.flush();
        pump.missed();
        long later = recorder.newTaskId();
        begin(later);
        end(later);
        pump.flush();

        assertThat(of(later)).hasSize(4);
    }

    @Test
    void without_awaits_tasks_stop_and_go_on_as_they_did_and_nothing_says_at_what() {
        Pump pump = pump(new Selection(1, Selection.ANY_NUMBER, false));
        long task = recorder.newTaskId();
        begin(task);
        recorder.awaitStart(recorder.now(), WORKER, 0, recorder.symbol("load::await#1"), LOCK);
        awaits(WORKER, "reply");
        recorder.awaitEnd(recorder.now(), WORKER, EventCodes.AWAIT_GOT, LOCK);
        recorder.pollEnd(recorder.now(), task, EventCodes.PARK, recorder.symbol("queue"), WORKER);
        pump.flush();

        List<Event> all = of(task);
        assertThat(all.stream().map(Event::getClass).toList())
                .isEqualTo(List.of(
                        Event.Created.class,
                        Event.Named.class,
                        Event.PollStart.class,
                        Event.AwaitStart.class,
                        Event.AwaitEnd.class,
                        Event.PollEnd.class));
        Event.AwaitStart start = (Event.AwaitStart) all.get(3);
        assertThat(start.label()).isZero();
        assertThat(start.resourceId()).isZero();
        assertThat(start.flags()).isEqualTo(EventCodes.AWAIT_ENDS_POLL);
        assertThat(((Event.PollEnd) all.get(5)).label()).isZero();
        assertThat(leftOut()).extracting(Event.Dropped::why).containsOnly(EventCodes.AWAITS_UNTOLD);
    }

    @Test
    void with_everything_selected_nothing_is_said_to_be_left_out() {
        Pump pump = pump(Selection.ALL);
        life(recorder.newTaskId());
        pump.flush();

        assertThat(told).isNotEmpty();
        assertThat(leftOut()).isEmpty();
    }

    @Test
    void a_file_begins_with_those_that_are_followed_and_says_that_others_are_not() throws IOException {
        Pump pump = pump(new Selection(1, 1, false));
        long followed = recorder.newTaskId();
        long other = recorder.newTaskId();
        begin(followed);
        recorder.awaitStart(recorder.now(), WORKER, EventCodes.AWAIT_ENDS_POLL, recorder.symbol("load::await#1"), LOCK);
        begin(other);
        Path path = folder.resolve("a.air");
        pump.record(path, RecordingLimits.DEFAULT).close();

        RecordingReader reader = RecordingReader.open(path);
        TaskFold fold = new TaskFold(FoldLimits.DEFAULT, reader);
        reader.forEach(fold);
        List<Integer> why = new ArrayList<>();
        RecordingReader again = RecordingReader.open(path);
        again.forEach(new EventCollector(event -> {
            if (event instanceof Event.Dropped dropped) {
                why.add(dropped.why());
            }
        }));

        assertThat(fold.task(other, recorder.now())).isNull();
        TaskInfo task = Objects.requireNonNull(fold.task(followed, recorder.now()));
        assertThat(task.state()).isEqualTo(TaskState.BLOCKED);
        assertThat(Objects.requireNonNull(task.await()).label()).isNull();
        assertThat(why).contains(EventCodes.NOT_FOLLOWED, EventCodes.AWAITS_UNTOLD);
    }

    @Test
    void what_is_left_out_as_wished_makes_no_task_incomplete() {
        TaskFold fold = new TaskFold(FoldLimits.DEFAULT, recorder.symbols());
        fold.created(1, 10, EventCodes.MANUAL, 0, 0);
        fold.dropped(2, EventCodes.NOT_FOLLOWED, 5);
        fold.dropped(2, EventCodes.AWAITS_UNTOLD, 0);

        assertThat(Objects.requireNonNull(fold.task(10, 3)).incomplete()).isFalse();
        assertThat(fold.counts().dropped()).isZero();
    }
}
