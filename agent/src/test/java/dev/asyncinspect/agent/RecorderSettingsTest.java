package dev.asyncinspect.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.EffectiveSetting;
import dev.asyncinspect.core.fold.Selection;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecorderSettingsTest {

    private static final EffectiveSetting OUTSIDE_MODE =
            new EffectiveSetting("mode", "production", "environment ASYNC_INSPECT_MODE");
    private static final EffectiveSetting OUTSIDE_SAMPLE =
            new EffectiveSetting("sample", "20", "system property async-inspect.sample");

    private final Problems problems = new Problems();

    private RecorderSettings.Resolved resolve(String options, EffectiveSetting... outside) {
        RecorderSettings.Resolved resolved =
                RecorderSettings.parse(options, problems).resolve(List.of(outside));
        assertThat(problems.take()).isEmpty();
        return resolved;
    }

    @Test
    void without_a_word_everything_is_recorded_as_ever() {
        RecorderSettings.Resolved usual = resolve("");

        assertThat(usual.selection()).isEqualTo(Selection.ALL);
        assertThat(usual.sites()).isFalse();
        assertThat(usual.eventBytes()).as("not said").isZero();
    }

    @Test
    void a_mode_chooses_and_what_is_said_besides_goes_before_it() {
        assertThat(resolve("mode=production"))
                .isEqualTo(new RecorderSettings.Resolved(
                        "production", new Selection(10, Selection.ANY_NUMBER, true), 0.01, false, 8L << 20));
        assertThat(resolve("mode=debug"))
                .isEqualTo(new RecorderSettings.Resolved("debug", Selection.ALL, 0, true, 64L << 20));
        assertThat(resolve("sample=3,mode=Production,max-tasks=500,awaits=off").selection())
                .isEqualTo(new Selection(3, 500, false));
    }

    @Test
    void options_go_before_what_the_program_has_set_and_that_before_the_mode() {
        assertThat(resolve("", OUTSIDE_MODE).selection().oneIn()).isEqualTo(10);
        assertThat(resolve("", OUTSIDE_MODE, OUTSIDE_SAMPLE).selection().oneIn())
                .isEqualTo(20);
        assertThat(resolve("sample=30", OUTSIDE_MODE, OUTSIDE_SAMPLE)
                        .selection()
                        .oneIn())
                .isEqualTo(30);
        assertThat(resolve("mode=development", OUTSIDE_MODE).selection().oneIn())
                .isEqualTo(1);
        assertThat(resolve("", new EffectiveSetting("max-tasks", "7", "file async-inspect.properties"))
                        .selection())
                .isEqualTo(new Selection(1, 7, true));
        assertThat(resolve("", new EffectiveSetting("awaits", "false", "file a"))
                        .selection()
                        .awaits())
                .isFalse();
        assertThat(resolve("", new EffectiveSetting("max-event-bytes", "1000", "file a"))
                        .eventBytes())
                .isEqualTo(1000);
    }

    @Test
    void a_budget_is_that_of_the_mode_unless_somebody_says_another() {
        EffectiveSetting outside = new EffectiveSetting("overhead", "0.05", "file async-inspect.properties");

        assertThat(resolve("").budget()).isZero();
        assertThat(resolve("mode=production").budget()).isEqualTo(0.01);
        assertThat(resolve("mode=production", outside).budget()).isEqualTo(0.05);
        assertThat(resolve("overhead=0.002", outside).budget()).isEqualTo(0.002);
        assertThat(resolve("mode=production,overhead=0").budget()).isZero();
    }

    @Test
    void what_nobody_gave_counts_for_nothing() {
        EffectiveSetting ofTheMode = new EffectiveSetting("max-tasks", "1000000", "mode development");
        assertThat(resolve("", ofTheMode, new EffectiveSetting("mode", "development", "default")))
                .isEqualTo(resolve(""));
    }

    @Test
    void an_order_goes_before_the_options_of_the_agent() {
        AgentOptions options =
                Objects.requireNonNull(AgentOptions.parse("record,sample=5,max-tasks=9,memory-mb=2", problems));

        RecorderSettings both = options.settings().and(RecorderSettings.parse("sample=6", problems));
        assertThat(both.resolve(List.of()).selection()).isEqualTo(new Selection(6, 9, true));
        assertThat(options.plan(problems).eventBytes()).isEqualTo(2L << 20);
        assertThat(problems.take()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sample=0|agent option sample must be a whole number from 1 to 2147483647: '0', passed over",
                "sample=some|agent option sample must be a whole number from 1 to 2147483647: 'some', passed over",
                "max-tasks=-1|agent option max-tasks must be a whole number from 1 to 2147483647: '-1', passed over",
                "awaits=|agent option awaits must be on or off: '', passed over",
                "overhead=2|agent option overhead must be a part of one processor from 0 (any) to 1, 0.01 for 1 %: '2', passed over",
                "overhead=little|agent option overhead must be a part of one processor from 0 (any) to 1, 0.01 for 1 %: 'little', passed over",
                "overhead=NaN|agent option overhead must be a part of one processor from 0 (any) to 1, 0.01 for 1 %: 'NaN', passed over",
                "mode=fast|agent option mode must be production, development, debug or custom: 'fast', passed over",
            })
    void a_senseless_value_is_told_in_one_line_and_passed_over(String option, String line) {
        AgentOptions options = Objects.requireNonNull(AgentOptions.parse("record," + option, problems));

        assertThat(options.settings()).isEqualTo(RecorderSettings.NONE);
        assertThat(problems.take()).containsExactly(line);
    }
}
