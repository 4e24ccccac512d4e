package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.sources.JvmProcess;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WatchTargetsTest {

    private final FakeWorld world = new FakeWorld();
    private final List<String> said = new ArrayList<>();

    private static JvmProcess jvm(long pid, String main, @Nullable String obstacle) {
        return new JvmProcess(pid, main, "ada", null, obstacle);
    }

    private void there(JvmProcess... jvms) {
        world.jvms.clear();
        world.jvms.addAll(List.of(jvms));
    }

    @Test
    void the_next_jvm_of_the_same_main_class_takes_the_place_of_one_that_ended() throws Exception {
        JvmProcess shop = jvm(4711, "shop.Main serve", null);
        JvmProcess other = jvm(5, "bank.Main", null);
        JvmProcess next = jvm(4800, "shop.Main serve", null);
        there(shop, other);
        WatchTargets targets = WatchTargets.of(world, "4711", said::add);
        assertThat(targets.now()).containsExactly(shop);
        there(other);
        assertThat(targets.now()).isEmpty();
        assertThat(targets.now()).isEmpty();
        there(other, next);
        assertThat(targets.now()).containsExactly(next);
        assertThat(targets.now()).containsExactly(next);
        assertThat(said)
                .containsExactly(
                        "watching process 4711, shop.Main",
                        "process 4711 has ended; waiting for another of shop.Main",
                        "watching process 4800, shop.Main, in its place");
    }

    @Test
    void a_name_is_for_all_that_have_it_now_and_later() throws Exception {
        there();
        WatchTargets targets = WatchTargets.of(world, "shop", said::add);
        assertThat(targets.now()).isEmpty();
        there(jvm(1, "shop.Main", null), jvm(2, "bank.Main", null), jvm(3, "shop.Web", null));
        assertThat(targets.now()).extracting(JvmProcess::pid).containsExactly(1L, 3L);
        assertThat(said).containsExactly("watching 0 JVMs", "watching 2 JVMs");
    }

    @Test
    void one_that_cannot_be_looked_at_is_told_once_and_only_if_it_stays_so() throws Exception {
        WatchTargets targets = WatchTargets.all(world, said::add);
        there(jvm(1, "shop.Main", "it is suspended"));
        for (int i = 0; i < 5; i++) {
            assertThat(targets.now()).isEmpty();
        }
        there(jvm(1, "shop.Main", null), jvm(2, "new.Main", "it is still starting"));
        assertThat(targets.now()).hasSize(1);
        there(jvm(1, "shop.Main", null), jvm(2, "new.Main", null));
        assertThat(targets.now()).hasSize(2);
        assertThat(said)
                .filteredOn(line -> line.startsWith("cannot"))
                .containsExactly("cannot look at process 1: it is suspended");
    }
}
