package dev.asyncinspect.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.EventLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStoreTest {

    private static final int CHUNK = EventStore.EVENTS_PER_CHUNK;
    private static final long CHUNK_BYTES = (long) CHUNK * EventLayout.WORDS * Long.BYTES;

    private final EventStore store = new EventStore(3 * CHUNK_BYTES);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK - 1, 3 * CHUNK})
    void what_fits_is_kept_whole_and_in_order(int count) {
        fill(count);

        assertThat(store.count()).isEqualTo(count);
        assertThat(store.available(0)).isZero();
        assertEvents(store.read(0, Integer.MAX_VALUE), 0, count);
    }

    @Test
    void the_oldest_make_room_for_the_newest_and_a_late_reader_sees_from_where_it_can_go_on() {
        fill(10 * CHUNK + 5);

        long from = store.available(7);

        assertThat(from).isEqualTo(8L * CHUNK);
        assertEvents(store.read(from, Integer.MAX_VALUE), from, 2 * CHUNK + 5);
    }

    @Test
    void a_reader_that_goes_on_where_it_stopped_gets_every_event_once() {
        long next = 0;
        for (int round = 0; round < 50; round++) {
            fill(700);
            long from = store.available(next);
            assertThat(from).as("nothing missed").isEqualTo(next);
            long[] words = store.read(from, 333);
            assertEvents(words, from, 333);
            words = store.read(from + 333, 10_000);
            next = from + 333 + words.length / EventLayout.WORDS;
            assertThat(next).isEqualTo(store.count());
        }
    }

    @Test
    void a_number_beyond_the_end_is_served_from_the_end() {
        fill(3);

        assertThat(store.available(100)).isEqualTo(3);
        assertThat(store.read(3, 10)).isEmpty();
    }

    /** So many more; the words of event n are n, n + 1, n + 2, n + 3. */
    private void fill(int count) {
        long first = store.count();
        for (long n = first; n < first + count; n++) {
            store.slot(n, n + 1, n + 2, n + 3);
        }
    }

    private static void assertEvents(long[] words, long first, int count) {
        assertThat(words).hasSize(count * EventLayout.WORDS);
        for (int i = 0; i < words.length; i++) {
            assertThat(words[i]).isEqualTo(first + i / EventLayout.WORDS + i % EventLayout.WORDS);
        }
    }
}
