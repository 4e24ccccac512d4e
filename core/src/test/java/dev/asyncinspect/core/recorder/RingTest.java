package dev.asyncinspect.core.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.event.EventCollector;
import dev.asyncinspect.core.event.EventDecoder;
import dev.asyncinspect.core.event.EventEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RingTest {

    private final Ring ring = new Ring(64);
    private final AtomicLong kept = new AtomicLong();
    private final EventEncoder in = new EventEncoder() {
        @Override
        public void slot(long head, long nanos, long taskId, long argument) {
            if (ring.offer(head, nanos, taskId, argument) != Ring.FULL) {
                kept.incrementAndGet();
            }
        }
    };

    @Test
    void what_is_written_is_read_once_and_in_order() {
        List<Event> expected = new ArrayList<>();
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 50; i++) {
                in.pollStart(round, i, 7L * i);
                expected.add(new Event.PollStart(round, i, 7L * i));
            }
            assertThat(drained()).isEqualTo(expected);
            expected.clear();
        }
        assertThat(drained()).isEmpty();
        assertThat(ring.dropped()).isZero();
    }

    @Test
    void what_finds_no_room_is_dropped_and_counted() {
        for (int i = 0; i < 100; i++) {
            in.pollStart(1, i, 1);
        }
        assertThat(kept).hasValue(56);
        assertThat(ring.dropped()).isEqualTo(44);
        assertThat(drained()).hasSize(56).last().isEqualTo(new Event.PollStart(1, 55, 1));
    }

    @Test
    void the_ends_of_tasks_find_room_when_nothing_else_does() {
        for (int i = 0; i < 100; i++) {
            in.pollStart(1, i, 1);
        }
        for (int i = 0; i < 8; i++) {
            in.ended(2, i, EventCodes.COMPLETED, 0);
        }
        assertThat(ring.dropped()).isEqualTo(44);
        assertThat(drained()).hasSize(64);
    }

    @Test
    void there_is_room_again_after_reading() {
        for (int i = 0; i < 100; i++) {
            in.pollStart(1, i, 1);
        }
        drained();
        in.pollStart(5, 6, 7);

        assertThat(drained()).containsExactly(new Event.PollStart(5, 6, 7));
    }

    @Test
    void sent_is_kept_and_dropped_together_whoever_writes() throws InterruptedException {
        int writers = 4;
        int each = 50_000;
        List<Thread> threads = new ArrayList<>();
        CountDownLatch begin = new CountDownLatch(1);
        for (int w = 0; w < writers; w++) {
            int writer = w;
            threads.add(new Thread(() -> {
                await(begin);
                for (int i = 0; i < each; i++) {
                    in.pollStart(~(((long) writer << 32) + i), ((long) writer << 32) + i, writer * 31L + i);
                }
            }));
        }
        threads.forEach(Thread::start);
        begin.countDown();
        long[] last = {-1, -1, -1, -1};
        long read = 0;
        while (threads.stream().anyMatch(Thread::isAlive)) {
            read += check(drained(), last);
        }
        read += check(drained(), last);

        assertThat(read).isEqualTo(kept.get());
        assertThat(kept.get() + ring.dropped()).isEqualTo((long) writers * each);
    }

    @Test
    void a_capacity_that_is_no_power_of_two_is_refused() {
        assertThatThrownBy(() -> new Ring(1000)).hasMessage("capacity must be a power of two, 8 or more: 1000");
    }

    /** Every event whole, and those of one writer in its order. */
    private static long check(List<Event> events, long[] last) {
        for (Event event : events) {
            Event.PollStart poll = (Event.PollStart) event;
            int writer = (int) (poll.taskId() >>> 32);
            long i = poll.taskId() & 0xFFFF_FFFFL;
            assertThat(poll.nanos()).isEqualTo(~poll.taskId());
            assertThat(poll.threadId()).isEqualTo(writer * 31L + i);
            assertThat(i).isGreaterThan(last[writer]);
            last[writer] = i;
        }
        return events.size();
    }

    private List<Event> drained() {
        List<Event> events = new ArrayList<>();
        EventCollector collector = new EventCollector(events::add);
        ring.drain((head, nanos, taskId, argument) -> EventDecoder.decode(head, nanos, taskId, argument, collector));
        return events;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
