package dev.asyncinspect.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskNumberTest {

    @ParameterizedTest
    @CsvSource({"0, #0", "12, #12", "999999999999, #999999999999", "1000000000000, #T0", "1000000000042, #T42"})
    void number_written_isReadAsTheSameTask(long id, String text) {
        assertThat(TaskNumber.text(id)).isEqualTo(text);
        assertThat(TaskNumber.parse(text)).isEqualTo(id);
        assertThat(TaskNumber.parse(text.substring(1))).isEqualTo(id);
        assertThat(TaskNumber.parse(String.valueOf(id))).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#", "T", "x1", "1.5", "-1", "9999999999999999999", "T-1", "# 1"})
    void number_thatIsNone_isRefusedWithTheForms(String text) {
        assertThatThrownBy(() -> TaskNumber.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is no task; write 12 for a thread, T0 for a recorded task");
    }
}
