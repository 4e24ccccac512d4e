package dev.asyncinspect.core.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongMapTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void does_what_a_hash_map_does(long seed) {
        Random random = new Random(seed);
        LongMap<String> map = new LongMap<>();
        Map<Long, String> plain = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            long key = 1L + random.nextInt(i < 25_000 ? 2_000 : 50);
            if (random.nextInt(3) == 0) {
                map.remove(key);
                plain.remove(key);
            } else {
                map.put(key, "value " + i);
                plain.put(key, "value " + i);
            }
            assertThat(map.size()).isEqualTo(plain.size());
            long probe = 1L + random.nextInt(2_000);
            assertThat(map.get(probe)).isEqualTo(plain.get(probe));
        }
        Map<Long, String> seen = new HashMap<>();
        plain.forEach((key, value) -> seen.put(key, map.get(key)));
        assertThat(seen).isEqualTo(plain);
        int[] count = {0};
        map.forEach(value -> count[0]++);
        assertThat(count[0]).isEqualTo(plain.size());
    }
}
