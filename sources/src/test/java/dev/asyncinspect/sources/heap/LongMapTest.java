package dev.asyncinspect.sources.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LongMapTest {

    @Test
    void whatever_is_put_is_found_and_nothing_else() {
        for (int seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            LongMap map = new LongMap();
            Map<Long, Long> expected = new HashMap<>();
            for (int i = 0; i < 20_000; i++) {
                long key =
                        random.nextBoolean() ? random.nextInt(1_000) : random.nextLong() & ~7L; // 0 and ids among them
                map.put(key, i);
                expected.put(key, (long) i);
            }
            expected.forEach((key, value) -> assertThat(map.get(key, -1)).isEqualTo(value));
            assertThat(map.size()).isEqualTo(expected.size());
            for (long absent = 1_000; absent < 2_000; absent++) {
                assertThat(map.get(absent, -1)).isEqualTo(expected.getOrDefault(absent, -1L));
            }
            Set<Long> keys = new HashSet<>();
            map.keys(keys::add);
            assertThat(keys).isEqualTo(expected.keySet());
        }
    }

    @Test
    void an_empty_one_has_nothing_for_any_key() {
        assertThat(new LongMap().get(0, 7)).isEqualTo(7);
        assertThat(new LongMap().get(1, 7)).isEqualTo(7);
    }
}
