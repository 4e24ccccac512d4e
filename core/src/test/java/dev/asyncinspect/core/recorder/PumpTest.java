package dev.asyncinspect.core.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.TaskInfo;
import dev.asyncinspect.core.TaskState;
import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.event.EventCollector;
import dev.asyncinspect.core.event.EventDecoder;
import dev.asyncinspect.core.event.EventEncoder;
import dev.asyncinspect.core.fold.FoldLimits;
import dev.asyncinspect.core.fold.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PumpTest {

    private final Recorder recorder = new Recorder(2, 64);
    private final Pump pump = new Pump(recorder, new FoldLimits(1_000, 100, 100), 1 << 20);

    PumpTest() {
        recorder.turn(true);
    }

    @Test
    void what_was_written_is_known_when_somebody_asks() {
        long task = recorder.newTaskId();
        recorder.created(recorder.now(), task, EventCodes.MANUAL, 0, 0);
        recorder.named(recorder.now(), task, recorder.symbol("load"), 0);

        assertThat(task(task).name()).isEqualTo("load");
        assertThat(task(task).state()).isEqualTo(TaskState.PENDING);
    }

    @Test
    void nothing_is_written_while_the_recorder_is_off() {
        recorder.turn(false);
        recorder.created(recorder.now(), recorder.newTaskId(), EventCodes.MANUAL, 0, 0);

        assertThat(pump.tasks()).isEmpty();
        assertThat(recorder.dropped()).isZero();
    }

    @Test
    void a_task_whose_events_found_no_room_is_incomplete() {
        long task = recorder.newTaskId();
        recorder.created(recorder.now(), task, EventCodes.MANUAL, 0, 0);
        pump.flush();
        for (int i = 0; i < 100; i++) {
            recorder.point(recorder.now(), task, 0, 0);
        }
        recorder.ended(recorder.now(), task, EventCodes.COMPLETED, 0);

        assertThat(task(task).incomplete()).isTrue();
        assertThat(task(task).state()).as("there is room for ends").isEqualTo(TaskState.COMPLETED);
        assertThat(pump.counts().dropped()).isEqualTo(recorder.dropped()).isEqualTo(100 - 56);
    }

    @Test
    void a_task_that_is_created_in_the_pass_that_loses_its_events_is_incomplete() {
        long task = recorder.newTaskId();
        recorder.created(recorder.now(), task, EventCodes.MANUAL, 0, 0);
        for (int i = 0; i < 100; i++) {
            recorder.point(recorder.now(), task, 0, 0);
        }

        assertThat(task(task).incomplete()).isTrue();
        long later = recorder.newTaskId();
        pump.flush();
        recorder.created(recorder.now(), later, EventCodes.MANUAL, 0, 0);
        assertThat(task(later).incomplete()).as("nothing was lost since").isFalse();
    }

    @Test
    void the_flight_recorder_says_which_task_a_thread_stood_for() {
        long task = recorder.newTaskId();
        long thread = ThreadIds.current();
        recorder.created(1, task, EventCodes.MANUAL, 0, thread);
        recorder.pollStart(2, task, thread);
        recorder.point(3, thread, recorder.symbol("here"), 0);

        assertThat(flight())
                .contains(new Event.Created(1, task, EventCodes.MANUAL, 0, thread))
                .contains(new Event.Point(3, task, recorder.symbol("here"), 0));
    }

    @Test
    void a_flight_recorder_that_has_forgotten_says_so_and_keeps_the_names() {
        Pump small = new Pump(recorder, FoldLimits.DEFAULT, 1);
        long task = recorder.newTaskId();
        recorder.created(1, task, EventCodes.MANUAL, 0, 0);
        recorder.named(1, task, recorder.symbol("old"), 0);
        for (int i = 0; i < 3_000; i++) {
            recorder.point(2 + i, task, 0, i);
            if (i % 50 == 0) {
                small.flush();
            }
        }
        List<Event> events = new ArrayList<>();
        small.flight(encoder(events));

        assertThat(events.get(0)).isEqualTo(new Event.Created(1, task, EventCodes.MANUAL, 0, 0));
        assertThat(events.get(1)).isEqualTo(new Event.Named(1, task, recorder.symbol("old"), 0));
        assertThat(events.get(2))
                .isInstanceOfSatisfying(
                        Event.Dropped.class,
                        dropped -> assertThat(dropped.events())
                                .isEqualTo(small.flightEvicted())
                                .isPositive());
    }

    @Test
    void a_subscriber_gets_every_event_from_then_on() throws InterruptedException {
        LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
        recorder.point(1, 5, 6, 7);
        pump.flush();
        Subscription subscription = pump.subscribe(new EventCollector(events::add));
        recorder.point(11, 5, 6, 8);
        pump.flush();
        assertThat(events.poll(1, TimeUnit.MINUTES)).isEqualTo(new Event.Point(11, 5, 6, 8));
        subscription.close();
        recorder.point(21, 5, 6, 9);
        pump.flush();
        assertThat(events).isEmpty();
    }

    @Test
    void a_subscriber_who_is_slow_loses_events_and_is_told_how_many() throws InterruptedException {
        CountDownLatch holding = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
        EventCollector slow = new EventCollector(event -> {
            events.add(event);
            holding.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        try (Subscription subscription = new Subscription(slow, () -> {}, 10)) {
            Recorder sink = recorder;
            EventEncoder in = new EventEncoder() {
                @Override
                public void slot(long head, long nanos, long taskId, long argument) {
                    subscription.slot(head, nanos, taskId, argument);
                }
            };
            in.point(0, sink.newTaskId(), 0, 0);
            holding.await();
            for (int i = 1; i <= 100; i++) {
                in.point(i, 1, 0, 0);
            }
            goOn.countDown();
            for (int i = 0; i < 11; i++) {
                assertThat(events.poll(1, TimeUnit.MINUTES)).isInstanceOf(Event.Point.class);
            }
            assertThat(events.poll(1, TimeUnit.MINUTES)).isEqualTo(new Event.Dropped(100, EventCodes.SLOW_READER, 90));
        }
    }

    @Test
    void what_was_written_before_it_is_stopped_is_taken() {
        pump.start();
        for (int i = 0; i < 50; i++) {
            recorder.created(recorder.now(), recorder.newTaskId(), EventCodes.MANUAL, 0, 0);
        }
        pump.stop();

        assertThat(pump.counts().total() + recorder.dropped()).isEqualTo(50);
    }

    @Test
    void what_it_is_told_about_its_load_has_the_time_of_its_own_thread() throws InterruptedException {
        LinkedBlockingQueue<long[]> told = new LinkedBlockingQueue<>();
        Pump measured = new Pump(
                recorder,
                new FoldLimits(10, 10, 10),
                1,
                (events, pumpNanos, nanos) -> told.add(new long[] {pumpNanos, nanos}),
                Selection.ALL);
        measured.start();
        long[] load = told.poll(1, TimeUnit.MINUTES);
        measured.stop();

        assertThat(load).isNotNull();
        assertThat(load[0]).isPositive().isLessThan(load[1]);
    }

    @Test
    void the_thread_takes_events_by_itself_and_ends_when_stopped() throws InterruptedException {
        LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        Subscription subscription = pump.subscribe(new EventCollector(events::add));
        pump.start();
        try {
            recorder.point(11, 5, 6, 8);
            Event first = events.poll(1, TimeUnit.MINUTES);
            while (first instanceof Event.Clock) {
                first = events.poll(1, TimeUnit.MINUTES);
            }
            assertThat(first).isEqualTo(new Event.Point(11, 5, 6, 8));
        } finally {
            subscription.close();
            pump.stop();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> !before.contains(thread))
                .noneMatch(thread -> thread.getName().equals("async-inspect-recorder"));
    }

    @Test
    void events_carry_the_time_of_day() {
        long before = System.currentTimeMillis();
        pump.flush();
        Event.Clock clock = (Event.Clock) flight().get(0);

        assertThat(clock.epochNanos() / 1_000_000).isBetween(before, System.currentTimeMillis());
    }

    private TaskInfo task(long id) {
        return Objects.requireNonNull(pump.task(id), "task " + id);
    }

    private List<Event> flight() {
        List<Event> events = new ArrayList<>();
        pump.flight(encoder(events));
        return events;
    }

    private static EventEncoder encoder(List<Event> to) {
        EventCollector collector = new EventCollector(to::add);
        return new EventEncoder() {
            @Override
            public void slot(long head, long nanos, long taskId, long argument) {
                assertThat(EventDecoder.decode(head, nanos, taskId, argument, collector))
                        .isTrue();
            }
        };
    }
}
