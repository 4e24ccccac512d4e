package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.model.Film;
import dev.asyncinspect.model.TaskNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart of {@code timeline}, and what it tells of one task. */
class TimelineViewsTest {

    private final FakeWorld world = new FakeWorld();
    private Film film = RecordingViewsTest.shop();

    TimelineViewsTest() {
        world.recording = until -> film.recording();
    }

    private String printed(String... args) {
        world.run(args);
        assertThat(world.err.text()).isEmpty();
        return world.out.text();
    }

    @Test
    void a_timeline_shows_real_states_over_time() {
        Golden.assertMatches("timeline", printed("timeline", "run.air"));
        Golden.assertMatches(
                "timeline-ascii", new TimelineViewsTest().printed("timeline", "run.air", "--ascii", "--width", "60"));
    }

    @Test
    void a_timeline_of_one_task_tells_all_that_happened_to_it() {
        String task = TaskNumber.text(film.id("order-1"));
        Golden.assertMatches(
                "timeline-task", printed("timeline", "run.air", "--task", task, "--from", "50ms", "--to", "1s"));
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 100, 200})
    void no_line_of_a_chart_is_wider_than_asked(int width) {
        assertThat(printed("timeline", "run.air", "--width", String.valueOf(width))
                        .lines()
                        .filter(line -> line.startsWith("#")))
                .hasSize(5)
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
    }

    @Test
    void a_task_without_a_name_is_shown_by_where_it_was_created() {
        film = new Film();
        film.events()
                .created(
                        film.now(),
                        film.id("a"),
                        EventCodes.EXECUTOR_TASK,
                        film.symbol("dev.shop.Till.lambda$pay$1"),
                        0);
        film.at(100).created("b", "");

        assertThat(printed("timeline", "run.air")).contains(TaskNumber.text(film.id("a")) + " Till.lambda$pay$1 ");
    }

    @Test
    void a_short_poll_is_never_swallowed_by_a_chart() {
        film = new Film();
        film.at(0).created("a", "").starts("a", 1);
        film.at(1).waits("a", "x", "");
        film.at(50_000).goesOn("a", "");
        film.at(50_001).waits("a", "x", "");
        film.at(100_000).created("b", "");
        assertThat(printed("timeline", "run.air")
                        .lines()
                        .filter(line -> line.startsWith(TaskNumber.text(film.id("a"))))
                        .toList())
                .singleElement()
                .asString()
                .matches(".*▄░+▄░+");
    }

    @Test
    void colours_of_a_chart_end_where_they_begin() {
        String chart = printed("timeline", "run.air", "--color=always");
        assertThat(chart).contains("\u001b[32;1m██");
        assertThat(chart.split("\u001b\\[0m", -1)).hasSameSizeAs(chart.split("\u001b\\[[1-9]", -1));
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 120})
    void a_chart_on_a_terminal_is_as_wide_as_that(int columns) {
        world.columns = columns;
        assertThat(printed("timeline", "run.air").lines().skip(1))
                .filteredOn(line -> !line.startsWith("Seen:"))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns))
                .anySatisfy(line -> assertThat(line.length()).isGreaterThan(columns - 3));
    }

    @Test
    void of_too_many_tasks_those_are_drawn_that_were_there_longest() {
        film = new Film();
        for (int i = 0; i < 100; i++) {
            film.at(i).created("short-" + i, "").starts("short-" + i, 1);
            film.at(i + 1).ends("short-" + i);
        }
        film.at(150).created("stuck", "").starts("stuck", 2);
        film.at(200).created("last", "");
        String chart = printed("timeline", "run.air", "--limit", "3");
        assertThat(chart).contains(" stuck ", "… and 99 more tasks, none of which was there for longer (--limit,");
        assertThat(chart.lines().filter(line -> line.startsWith("#"))).hasSize(3);
    }
}
