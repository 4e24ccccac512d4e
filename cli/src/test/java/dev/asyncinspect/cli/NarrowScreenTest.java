package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is printed on a terminal, which breaks whatever is wider in the middle of a word. */
class NarrowScreenTest {

    private static FakeWorld world(int columns) {
        FakeWorld world = new FakeWorld(Scene.bank().twice());
        world.columns = columns;
        return world;
    }

    private static String printed(int columns, String... args) {
        FakeWorld world = world(columns);
        world.run(args);
        assertThat(world.err.text()).isEmpty();
        return world.out.text();
    }

    @ParameterizedTest
    @CsvSource({
        "40, why 4711", "80, why 4711",
        "40, why 4711 --ascii", "40, why 4711 --color=always",
        "40, task 4711 21", "80, task 4711 21",
        "40, graph 4711", "80, graph 4711",
        "40, info 4711", "80, info"
    })
    void no_line_is_wider_than_the_screen_unless_it_holds_what_is_not_to_be_broken_and_no_word_is_lost(
            int columns, String command) {
        String narrow = printed(columns, command.split(" "));
        assertThat(narrow.lines()).allSatisfy(line -> {
            String seen = line.replaceAll("\u001b\\[[\\d;]*m", "");
            boolean isWhole = seen.contains("async-inspect ")
                    || words(seen).stream().anyMatch(word -> word.length() > columns / 2);
            assertThat(seen.length() <= columns || isWhole).as(seen).isTrue();
        });
        assertThat(words(narrow)).isEqualTo(words(printed(0, command.split(" "))));
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.strip().split("\\s+"));
    }

    @Test
    void a_finding_on_a_narrow_screen_is_the_reviewed_one() {
        Golden.assertMatches("why-narrow", printed(60, "why", "4711"));
    }

    @Test
    void what_another_program_reads_is_as_long_as_it_is() {
        for (String format : new String[] {"dot", "mermaid"}) {
            String[] command = {"graph", "4711", "--format", format};
            assertThat(printed(20, command)).isEqualTo(printed(0, command));
        }
        assertThat(printed(20, "why", "4711", "--json").lines()).hasSize(1);
    }

    @Test
    void who_says_how_wide_lines_are_gets_them_so() {
        assertThat(printed(40, "why", "4711", "--width", "300")).isEqualTo(printed(0, "why", "4711", "--width", "300"));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 100, 200})
    void a_chart_and_what_it_means_fit_the_screen(int columns) {
        FakeWorld world = world(columns);
        world.recording = until -> RecordingViewsTest.shop().recording();
        assertThat(world.run("timeline", "run.air")).isZero();
        assertThat(world.out.text().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
    }

    @ParameterizedTest
    @CsvSource({
        "25, longest",
        "40, p99 longest",
        "43, p50 p99 longest",
        "60, times p50 p99 longest",
        "63, times p50 p90 p99 longest"
    })
    void times_of_places_leave_out_the_columns_that_say_least(int columns, String heads) {
        FakeWorld world = world(columns);
        world.recording = until -> RecordingViewsTest.shop().recording();
        world.totals = detailed -> RecordingViewsTest.shop().totals(detailed);
        assertThat(world.run("stats", "run.air", "--detailed"))
                .as(world.err.text())
                .isZero();
        String seen = world.out.text().replaceAll("\u001b\\[[\\d;]*m", "");
        assertThat(seen.lines().filter(line -> line.endsWith(" longest")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(words(line)).containsExactly(heads.split(" ")));
        assertThat(seen.lines().filter(line -> line.startsWith("  ran ") || line.startsWith("  blocked ")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 70, 100, 200})
    void help_is_as_wide_as_the_screen_if_that_can_be(int columns) {
        assertThat(printed(columns, "record", "--help").lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(Math.max(55, Math.min(columns, 100))))
                .anySatisfy(line -> assertThat(line.length()).isGreaterThan(45));
    }
}
