package dev.asyncinspect.core.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlotBufferTest {

    private final SlotBuffer buffer = new SlotBuffer();
    private final List<Long> out = new ArrayList<>();

    @Test
    void events_come_out_in_the_order_of_time_and_those_of_one_moment_as_they_were_written() {
        Random random = new Random(5);
        for (int i = 0; i < 5_000; i++) {
            buffer.slot(1, random.nextInt(100), i, 0);
        }
        List<Long> places = new ArrayList<>();
        long[] last = {-1};
        buffer.drain(100, (head, nanos, taskId, argument) -> {
            assertThat(nanos).isGreaterThanOrEqualTo(last[0]);
            if (nanos == last[0]) {
                assertThat(taskId).isGreaterThan(places.get(places.size() - 1));
            }
            last[0] = nanos;
            places.add(taskId);
        });
        assertThat(places).hasSize(5_000);
        assertThat(buffer.size()).isZero();
    }

    @Test
    void what_is_younger_than_the_look_at_the_rings_waits_for_the_next_one() {
        buffer.slot(1, 30, 3, 0);
        buffer.slot(1, 10, 1, 0);
        drain(20);
        assertThat(out).containsExactly(1L);

        buffer.slot(1, 25, 2, 0);
        drain(40);

        assertThat(out).containsExactly(1L, 2L, 3L);
    }

    @Test
    void clocks_that_began_below_zero_are_no_matter() {
        buffer.slot(1, 5, 2, 0);
        buffer.slot(1, -5, 1, 0);
        drain(10);

        assertThat(out).containsExactly(1L, 2L);
    }

    private void drain(long before) {
        buffer.drain(before, (head, nanos, taskId, argument) -> out.add(taskId));
    }
}
