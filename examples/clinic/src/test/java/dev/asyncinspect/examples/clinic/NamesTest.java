package dev.asyncinspect.examples.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NamesTest {

    @Test
    void without_a_seed_names_are_those_of_the_story() {
        assertThat(new Names("x-", null).of("clerk", 3)).isEqualTo("x-clerk-3");
    }

    @Test
    void the_same_seed_gives_the_same_names() {
        assertThat(new Names("x-", 7L).of("clerk", 3)).isEqualTo(new Names("x-", 7L).of("clerk", 3));
    }

    @Test
    void a_seed_hides_the_role_and_keeps_prefix_and_number() {
        assertThat(new Names("x-", 7L).of("clerk", 3)).matches("x-[a-z]+-3").doesNotContain("clerk");
    }

    @Test
    void different_seeds_give_different_names() {
        assertThat(LongStream.range(0, 50).mapToObj(seed -> new Names("", seed).of("clerk")))
                .hasSize(50)
                .satisfies(
                        names -> assertThat(names.stream().distinct().count()).isGreaterThan(45));
    }
}
