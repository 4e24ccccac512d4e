package dev.asyncinspect.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventRoundTripTest {

    private final List<Event> read = new ArrayList<>();
    private final EventCollector collector = new EventCollector(read::add);
    private final EventEncoder encoder = new EventEncoder() {
        @Override
        public void slot(long head, long nanos, long taskId, long argument) {
            assertThat(head).as("an empty slot is known by its zero").isNotZero();
            assertThat(EventDecoder.decode(head, nanos, taskId, argument, collector))
                    .isTrue();
        }
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void events_of_every_kind_are_read_as_they_were_written(long seed) {
        List<Event> events = new RandomEvents(seed).list(5_000);

        events.forEach(event -> event.handTo(encoder));

        assertThat(read).isEqualTo(events);
    }

    @Test
    void a_count_that_does_not_fit_is_the_largest_that_does() {
        encoder.acquired(1, 2, EventCodes.PERMITS, 1_000_000, 3, 4);

        assertThat(read).containsExactly(new Event.Acquired(1, 2, EventCodes.PERMITS, EventLayout.MAX_COUNT, 3, 4));
    }

    @Test
    void the_event_of_a_newer_version_is_passed_over() {
        assertThat(EventDecoder.decode(EventLayout.head(200, 0, 0, 0), 1, 2, 3, collector))
                .isFalse();
        assertThat(read).isEmpty();
    }

    @Test
    void the_bytes_of_version_1_stay_what_they_are() {
        List<String> words = new ArrayList<>();
        EventEncoder hex = new EventEncoder() {
            @Override
            public void slot(long head, long nanos, long taskId, long argument) {
                words.add(String.format("%016x %x %x %x", head, nanos, taskId, argument));
            }
        };
        hex.created(1, 2, EventCodes.COROUTINE, 0x12345678, 3);
        hex.pollEnd(4, 5, EventCodes.RETURN, 6);
        hex.ended(7, 8, EventCodes.FAILED, -1);
        hex.acquired(9, 10, EventCodes.PERMITS, 255, 11, 12);
        hex.clock(13, 14);

        assertThat(words)
                .containsExactly(
                        "0105000012345678 1 2 3",
                        "0407000000000000 4 5 6",
                        "08020000ffffffff 7 8 0",
                        "090300ff0000000b 9 a c",
                        "0f00000000000000 d 0 e");
    }
}
