package dev.asyncinspect.core.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.event.EventCollector;
import dev.asyncinspect.core.event.EventDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AwaitLabelsTest {

    private final Recorder recorder = new Recorder(1, 64);
    private final AwaitLabels labels = recorder.labels();
    private final long me = Thread.currentThread().getId();

    @BeforeEach
    void record() {
        recorder.turn(true);
        labels.turnOn();
    }

    @Test
    void label_fromBeginToEnd_isThatOfItsThreadAlone() throws Exception {
        labels.begins(42);
        int[] seen = {-1};
        Thread other =
                new Thread(() -> seen[0] = labels.of(Thread.currentThread().getId()));
        other.start();
        other.join();

        assertThat(labels.of(me)).isEqualTo(42);
        assertThat(seen[0]).isZero();
        labels.ends();
        assertThat(labels.of(me)).isZero();
        assertThat(events()).as("nobody parked").isEmpty();
    }

    @Test
    void virtualThread_thatParksTwiceInOneCall_isToldOnce() {
        labels.begins(42);
        labels.parked(10, me, true, 0);
        labels.parked(20, me, true, 0);
        labels.ends();
        labels.parked(30, me, true, 0);

        List<Event> events = events();
        assertThat(events).hasSize(2);
        assertThat(events.get(0)).isEqualTo(new Event.AwaitStart(10, me, EventCodes.AWAIT_TIMED, 42, 0));
        assertThat(events.get(1)).isInstanceOf(Event.AwaitEnd.class);
    }

    @Test
    void call_inWhichNobodySeesItWait_isToldFromBeginToEnd() {
        labels.begins(42 | AwaitLabels.STOPS);
        assertThat(labels.of(me)).isEqualTo(42);
        labels.ends();

        List<Event> events = events();
        assertThat(events).hasSize(2);
        assertThat(events.get(0)).isInstanceOfSatisfying(Event.AwaitStart.class, start -> {
            assertThat(start.label()).isEqualTo(42);
            assertThat(start.flags()).isEqualTo(EventCodes.AWAIT_ENDS_POLL | EventCodes.AWAIT_TIMED);
        });
        assertThat(events.get(1)).isInstanceOf(Event.AwaitEnd.class);
        labels.begins(AwaitLabels.STOPS);
        assertThat(events()).as("a label without a number").isEmpty();
    }

    @Test
    void await_withinOneThatWasTold_endsTheOuterOne() {
        labels.begins(1);
        labels.parked(10, me, false, 0);
        labels.begins(2);
        assertThat(events()).hasSize(2);
        assertThat(labels.of(me)).isEqualTo(2);
        labels.ends();
        labels.ends();
        assertThat(events()).as("the inner one did not park").isEmpty();
    }

    @Test
    void labels_beforeTheyAreTurnedOn_areNotKept() {
        AwaitLabels off = new Recorder(1, 64).labels();
        off.begins(42);
        assertThat(off.of(me)).isZero();
        off.ends();
    }

    @Test
    void labelWithoutANumber_isNone() {
        labels.begins(0);
        assertThat(labels.of(me)).isZero();
    }

    @Test
    void threads_moreThanThereAreBuckets_areCountedAndGoWithout() throws Exception {
        AwaitLabels few = new AwaitLabels(recorder, 2);
        few.turnOn();
        CountDownLatch tried = new CountDownLatch(20);
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            threads.add(new Thread(() -> {
                few.begins(42);
                tried.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                few.ends();
            }));
        }
        threads.forEach(Thread::start);
        tried.await();

        long labelled =
                threads.stream().filter(thread -> few.of(thread.getId()) == 42).count();
        assertThat(labelled).isBetween(4L, 16L);
        assertThat(few.untold()).isEqualTo(20 - labelled);
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(threads).allMatch(thread -> few.of(thread.getId()) == 0);
    }

    private List<Event> events() {
        List<Event> events = new ArrayList<>();
        EventCollector collector = new EventCollector(events::add);
        recorder.drain(
                (head, nanos, taskId, argument) -> EventDecoder.decode(head, nanos, taskId, argument, collector));
        return events;
    }
}
