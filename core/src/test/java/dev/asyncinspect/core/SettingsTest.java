package dev.asyncinspect.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private final List<String> problems = new ArrayList<>();

    @Test
    void the_system_property_counts_before_the_environment_and_that_before_the_file() {
        Configuration configuration = read(
                Map.of("sample", "7"),
                Map.of("sample", "8", "max-tasks", "80"),
                Map.of("sample", "9", "max-tasks", "90", "sites", "true"));

        assertThat(configuration.sampleOneIn()).isEqualTo(7);
        assertThat(configuration.maxLiveTasks()).isEqualTo(80);
        assertThat(configuration.creationSites()).isTrue();
        assertThat(problems).isEmpty();
    }

    @Test
    void what_nobody_says_is_as_the_mode_has_it() {
        Configuration configuration = read(Map.of("mode", "Production"), Map.of(), Map.of());

        assertThat(configuration).isEqualTo(Configuration.of(Mode.PRODUCTION));
        assertThat(read(Map.of(), Map.of(), Map.of())).isEqualTo(Configuration.of(Mode.DEVELOPMENT));
    }

    @Test
    void what_cannot_be_used_is_told_in_one_line_and_counts_as_not_set() {
        Configuration configuration = read(
                Map.of("sample", "0", "awaits", "yes", "overhead", "5%", "mode", "turbo", "max-tasks", "many"),
                Map.of(),
                Map.of());

        assertThat(configuration).isEqualTo(Configuration.of(Mode.DEVELOPMENT));
        assertThat(problems)
                .containsExactlyInAnyOrder(
                        "the setting sample must be a whole number from 1 to 2147483647: 0; taken as not set",
                        "the setting awaits must be true or false: yes; taken as not set",
                        "the setting overhead must be a number from 0 to 1: 5%; taken as not set",
                        "the setting mode must be production, development, debug or custom: turbo; taken as not set",
                        "the setting max-tasks must be a whole number from 1 to 2147483647: many; taken as not set");
    }

    @Test
    void a_change_of_a_setting_makes_it_custom_and_a_wrong_one_says_what_is_right() {
        Configuration configuration = Configuration.of(Mode.PRODUCTION).withSampleOneIn(3);

        assertThat(configuration.mode()).isEqualTo(Mode.CUSTOM);
        assertThatThrownBy(() -> configuration.withSampleOneIn(0)).hasMessage("sample must be 1 or more: 0");
        assertThatThrownBy(() -> configuration.withOverheadBudget(5))
                .hasMessage("overhead must be between 0 and 1: 5.0");
    }

    private Configuration read(
            Map<String, String> properties, Map<String, String> environment, Map<String, String> file) {
        return Settings.read(properties::get, environment::get, file::get, problems);
    }
}
