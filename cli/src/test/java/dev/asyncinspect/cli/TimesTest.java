package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.ThreadAttributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0.0ms",
        "80, <1us",
        "85_300, 85us",
        "1_600_000, 1.6ms",
        "3_300_000_000, 3.3s",
        "245_000_000_000, 4m05s",
        "7_800_000_000_000, 2h10m",
        "273_600_000_000_000, 3d04h"
    })
    void times_from_nanoseconds_to_days_are_told_in_a_few_characters(String nanos, String text) {
        assertThat(Times.text(Long.parseLong(nanos.replace("_", "")))).isEqualTo(text);
    }

    @Test
    void a_time_that_nobody_told_is_a_dash() {
        assertThat(Times.text(ThreadAttributes.NONE)).isEqualTo("-");
    }
}
