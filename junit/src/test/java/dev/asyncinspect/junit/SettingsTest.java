package dev.asyncinspect.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @Test
    void what_is_not_set_has_a_default() {
        Settings settings = Settings.of(name -> Optional.empty());
        assertThat(settings.hangAfter()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.leakGrace()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.evidence()).isEqualTo(Path.of("target", "async-inspect"));
    }

    @ParameterizedTest
    @CsvSource({"500ms, 500", "1.5s, 1500", "30s, 30000", "2m, 120000"})
    void times_are_read_as_people_write_them(String text, long millis) {
        Settings settings = Settings.of(
                name -> Optional.ofNullable(Map.of("asyncinspect.hang.after", text, "asyncinspect.evidence", "kept")
                        .get(name)));
        assertThat(settings.hangAfter()).isEqualTo(Duration.ofMillis(millis));
        assertThat(settings.evidence()).isEqualTo(Path.of("kept"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "soon", "-1s", "1.s", ".5s", "99999999999s", ""})
    void what_is_no_time_is_told_with_the_name_of_the_setting(String text) {
        assertThatThrownBy(() -> Settings.time("asyncinspect.hang.after", text))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessage("asyncinspect.hang.after is no time: '" + text + "'; write 500ms, 30s or 2m");
    }
}
