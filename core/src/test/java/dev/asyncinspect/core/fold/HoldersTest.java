package dev.asyncinspect.core.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoldersTest {

    private static final int TASKS = 40; // some of the time few enough to be walked, some of the time too many
    private static final int MODES = 3;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void does_what_a_linked_map_does(long seed) {
        Random random = new Random(seed);
        Holders holders = new Holders();
        Map<List<Long>, Holders.Holder> model = new LinkedHashMap<>();
        for (int step = 0; step < 20_000; step++) {
            long task = random.nextInt(TASKS);
            int mode = random.nextInt(MODES);
            List<Long> key = List.of(task, (long) mode);
            boolean grows = (step / 500) % 2 == 0;
            assertThat(holders.of(task, mode)).isSameAs(model.get(key));
            Holders.Holder known = model.get(key);
            if (known == null && (grows || random.nextInt(4) == 0)) {
                Holders.Holder holder = new Holders.Holder(task, mode, 1, 0, step);
                holders.add(holder);
                model.put(key, holder);
            } else if (known != null && (!grows || random.nextInt(4) == 0)) {
                holders.remove(known);
                model.remove(key);
            }
            assertThat(holders.size()).isEqualTo(model.size());
            assertThat(holders.isEmpty()).isEqualTo(model.isEmpty());
        }
        List<Holders.Holder> told = new ArrayList<>();
        holders.forEach(told::add);
        assertThat(told).containsExactlyElementsOf(model.values());
    }
}
