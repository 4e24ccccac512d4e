package dev.asyncinspect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    @ParameterizedTest
    @ValueSource(strings = {"17", "21", "25", "99"})
    void a_java_that_is_new_enough_is_accepted(String version) {
        assertThat(Main.refusal(version)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8", "9", "11", "16", ""})
    void an_older_java_is_refused_in_one_line_that_says_what_is_needed(String version) {
        assertThat(Main.refusal(version))
                .startsWith("async-inspect: needs Java 17 or newer")
                .endsWith("this is Java " + version)
                .hasLineCount(1);
    }
}
