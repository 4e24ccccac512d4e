package dev.asyncinspect.core.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlightRecorderTest {

    @Test
    void keeps_the_last_events_within_its_memory_and_counts_the_others() {
        FlightRecorder flight = new FlightRecorder(3L * FlightRecorder.CHUNK_BYTES);
        int all = 10 * FlightRecorder.CHUNK_EVENTS + 17;
        for (int i = 0; i < all; i++) {
            flight.slot(1, i, i, i);
        }
        List<Long> kept = new ArrayList<>();
        flight.forEach((head, nanos, taskId, argument) -> kept.add(nanos));

        assertThat(kept).hasSize(2 * FlightRecorder.CHUNK_EVENTS + 17).hasSize(flight.size());
        assertThat(kept.get(0)).isEqualTo(all - kept.size()).isEqualTo(flight.beginNanos());
        assertThat(kept.get(kept.size() - 1)).isEqualTo(all - 1);
        assertThat(flight.evicted()).isEqualTo(all - kept.size());
    }

    @Test
    void is_empty_before_the_first_event_and_after_clearing() {
        FlightRecorder flight = new FlightRecorder(0);
        assertThat(flight.size()).isZero();
        flight.slot(1, 2, 3, 4);
        assertThat(flight.size()).isEqualTo(1);

        flight.clear();

        assertThat(flight.size()).isZero();
        flight.forEach((head, nanos, taskId, argument) -> {
            throw new AssertionError("nothing is kept");
        });
    }
}
