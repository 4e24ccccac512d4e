package dev.asyncinspect.sources.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectIndexTest {

    private static final long STEP = 20_000_000; // bytes from one object to the next

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 100, 10_000, 50_000})
    void what_was_added_in_any_order_is_found_where_it_stands(int size) {
        for (int seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            ObjectIndex index = new ObjectIndex();
            long[] ids = new long[size];
            long[] places = new long[size];
            int count = 0;
            Map<Long, Long> expected = new TreeMap<>();
            long id = 0;
            for (int i = 0; i < size; i++) {
                id = random.nextInt(50) == 0 ? random.nextInt() : id + 1 + random.nextInt(9); // rising runs
                long position = i * STEP; // beyond what an int or a file of 4 GB has
                if (position < 1L << 40 && expected.putIfAbsent(id, position) == null) {
                    ids[count] = id;
                    places[count++] = ObjectIndex.place(position, i & ObjectIndex.ARRAY);
                }
            }
            int first = count / 3;
            index.expect(count);
            index.addAll(ids, places, first);
            index.addAll(
                    Arrays.copyOfRange(ids, first, count), Arrays.copyOfRange(places, first, count), count - first);
            index.sort();
            assertThat(index.size()).isEqualTo(expected.size());
            expected.forEach((known, position) -> {
                int found = index.find(known);
                assertThat(found).isNotNegative();
                assertThat(index.position(found)).isEqualTo(position);
                assertThat(index.id(found)).isEqualTo(known);
                assertThat(index.classNumber(found)).isEqualTo(position / STEP);
            });
            assertThat(index.find(Long.MAX_VALUE)).isNegative();
        }
    }
}
