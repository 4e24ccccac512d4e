package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UnseenJvmsTest {

    private final List<String> said = new ArrayList<>();
    private final UnseenJvms unseen = new UnseenJvms(Duration.ofSeconds(10), said::add);

    private void look(int second, Map<Long, String> obstacles) {
        unseen.look(TimeUnit.SECONDS.toNanos(second), obstacles);
    }

    @Test
    void one_that_cannot_be_looked_at_for_a_while_is_told_once() {
        look(0, Map.of(7L, "attaching is switched off"));
        look(9, Map.of(7L, "attaching is switched off"));
        assertThat(said).isEmpty();
        look(10, Map.of(7L, "attaching is switched off"));
        look(30, Map.of(7L, "attaching is switched off"));
        assertThat(said)
                .containsExactly("async-inspect: whether process 7 hangs cannot be told: attaching is switched off"
                        + " (--limit ends it all the same)");
    }

    @Test
    void one_that_answers_in_between_is_not_told() {
        look(0, Map.of(7L, "no answer"));
        look(6, Map.of());
        look(12, Map.of(7L, "no answer"));
        assertThat(said).isEmpty();
    }
}
