package dev.asyncinspect.core.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.EventLayout;
import dev.asyncinspect.core.event.TaskIds;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SampleRatesTest {

    private static final long TASK = EventLayout.FIRST_TASK_ID;

    private static List<Long> followed(SampleRates rates, long from, long to) {
        return LongStream.range(from, to).filter(rates::follows).boxed().toList();
    }

    private static List<Long> oneIn(int oneIn, long from, long to) {
        return LongStream.range(from, to)
                .filter(id -> TaskIds.isOneIn(oneIn, id))
                .boxed()
                .toList();
    }

    @Test
    void at_first_all_are_judged_by_what_was_configured() {
        SampleRates rates = new SampleRates(10);

        assertThat(followed(rates, 0, 1_000)).hasSizeBetween(50, 150).isEqualTo(oneIn(10, 0, 1_000));
        assertThat(followed(rates, TASK, TASK + 1_000)).isEqualTo(oneIn(10, TASK, TASK + 1_000));
        assertThat(rates.leavesOut()).isTrue();
    }

    @Test
    void a_change_is_for_later_ids_and_those_before_are_judged_as_ever() {
        SampleRates rates = new SampleRates(1);
        assertThat(rates.leavesOut()).isFalse();
        rates.change(8, 500, TASK + 300);
        rates.change(2, 800, TASK + 600);

        assertThat(followed(rates, 0, 500)).hasSize(500);
        assertThat(followed(rates, 500, 800)).isEqualTo(oneIn(8, 500, 800));
        assertThat(followed(rates, 800, 2_000)).isEqualTo(oneIn(2, 800, 2_000));
        assertThat(followed(rates, TASK + 299, TASK + 600))
                .hasSizeBetween(2, 80)
                .contains(TASK + 299);
        assertThat(followed(rates, TASK + 600, TASK + 900)).isEqualTo(oneIn(2, TASK + 600, TASK + 900));
        assertThat(rates.oneIn()).isEqualTo(2);
        assertThat(rates.leavesOut()).isTrue();
    }

    @Test
    void after_all_are_followed_again_it_is_still_known_that_some_were_not() {
        SampleRates rates = new SampleRates(1);
        rates.change(2, 500, TASK);
        rates.change(1, 600, TASK);

        assertThat(rates.oneIn()).isEqualTo(1);
        assertThat(rates.leavesOut()).isTrue();
    }

    @Test
    void of_very_many_rates_the_oldest_become_one_by_which_nobody_gets_lost_who_was_followed() {
        SampleRates rates = new SampleRates(1);
        List<Long> before = followed(rates, 0, 100);
        for (int i = 1; i <= 500; i++) {
            rates.change(1 << (i % 5), i * 100L, TASK);
            before = LongStream.concat(
                            before.stream().mapToLong(Long::longValue),
                            followed(rates, i * 100L, (i + 1) * 100L).stream().mapToLong(Long::longValue))
                    .boxed()
                    .toList();
        }

        assertThat(followed(rates, 0, 501 * 100L)).containsAll(before);
        assertThat(followed(rates, 460 * 100L, 501 * 100L))
                .as("the latest are as they were")
                .isEqualTo(before.stream().filter(id -> id >= 460 * 100L).toList());
    }

    @Test
    void who_is_followed_by_the_coarser_of_two_rates_is_by_the_finer() {
        assertThat(oneIn(20, 0, 10_000)).isNotEmpty().containsAll(oneIn(40, 0, 10_000));
    }
}
