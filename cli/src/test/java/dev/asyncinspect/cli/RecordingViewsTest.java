package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.model.Film;
import dev.asyncinspect.model.RecordedEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands that read recordings print. */
class RecordingViewsTest {

    private final FakeWorld world = new FakeWorld();
    private Film film = shop();

    RecordingViewsTest() {
        world.recording = until -> film.recording();
        world.totals = detailed -> film.totals(detailed);
    }

    /** Two orders, of which one waits for the other's lock; one failed; one was never begun. */
    static Film shop() {
        Film film = new Film();
        String site = "shop.Orders.accept(Orders.java:21)";
        film.at(0).clock(1_767_355_200_000L);
        film.is("stock", EventCodes.LOCK, 0);
        film.created("main", "", EventCodes.PLATFORM_THREAD, "shop.Main.main(Main.java:9)")
                .starts("main", 1);
        film.at(10).created("order-1", "main", EventCodes.EXECUTOR_TASK, site).submitted("order-1");
        film.at(20).created("order-2", "main", EventCodes.EXECUTOR_TASK, site).submitted("order-2");
        film.at(30).created("order-3", "main", EventCodes.EXECUTOR_TASK, site);
        film.at(100)
                .starts("order-1", 1)
                .takes("order-1", "stock", EventCodes.EXCLUSIVE, "shop.Orders.take(Orders.java:30)");
        film.at(150).starts("order-2", 2);
        film.at(200).waits("order-2", "shop.Orders.take::await#1 of 2 (lock) Orders.java:29", "stock");
        film.at(300).waits("order-1", "price", "");
        film.at(600).woken("order-1", "main");
        film.at(700).goesOn("order-1", "");
        film.at(1500).fails("main", "java.io.IOException: no \u001b[31m more");
        film.at(2000).created("late", "main", EventCodes.MANUAL, "import of orders");
        return film;
    }

    private String printed(String... args) {
        world.run(args);
        assertThat(world.err.text()).isEmpty();
        return world.out.text();
    }

    @Test
    void stats_say_how_tasks_stand_and_where_their_time_went() {
        Golden.assertMatches("stats", printed("stats", "run.air"));
    }

    @Test
    void detailed_stats_tell_each_place_and_the_slowest_tasks() {
        Golden.assertMatches("stats-detailed", printed("stats", "run.air", "--detailed"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stats run.air",
                "stats run.air --detailed",
                "timeline run.air",
                "events run.air",
                "replay run.air",
                "why --file run.air",
                "tasks --file run.air",
                "leaks run.air",
                "config"
            })
    void every_json_answer_fits_the_published_schema(String line) throws IOException {
        world.events.add(new RecordedEvent(0, RecordedEvent.Kind.AWAIT_START, 12, 1, "at x"));
        String json = printed((line + " --json").split(" "));
        assertThat(JsonTest.schema().validate(json, InputFormat.JSON)).as(json).isEmpty();
        assertThat(json.lines()).hasSize(1);
    }

    @Test
    void config_says_where_each_value_comes_from_and_what_is_unusable() {
        assertThat(printed("config")).isEqualTo("sample           10           mode production\n");
        world.variables.put("WRONG", "x");
        assertThat(world.run("config")).isEqualTo(4);
        assertThat(world.err.text()).isEqualTo("async-inspect: the setting sample must be a number: x\n");
    }

    @Test
    void replay_shows_the_tasks_of_that_moment_and_what_was_wrong() {
        Golden.assertMatches("replay", printed("replay", "run.air", "--at", "2s"));
        assertThat(world.until).isEqualTo(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @CsvSource({
        "replay run.air --at, 1500ms, 1500",
        "replay run.air --at, 2026-01-02T12:00:01.500Z, 1500",
        "tasks --file run.air --at, 1s, 1000",
        "why --file run.air --at, 1s, 1000",
        "graph --file run.air --at, 1s, 1000",
        "analyze run.air --at, 1s, 1000"
    })
    void a_moment_is_a_time_since_the_beginning_or_a_time_of_day(String command, String at, long millis) {
        printed((command + " " + at).split(" "));
        assertThat(world.until).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void task_tells_what_to_look_at_if_it_is_stuck() {
        Golden.assertMatches("task-recorded", printed("task", String.valueOf(film.id("order-2")), "--file", "run.air"));
        Golden.assertMatches(
                "task-never-polled",
                new RecordingViewsTest().printed("task", String.valueOf(film.id("order-3")), "--file", "run.air"));
    }

    @Test
    void a_task_that_ran_long_is_said_to_compute() {
        film = new Film();
        film.at(0).created("a", "").starts("a", 1);
        film.at(5000).created("b", "");
        assertThat(printed("task", String.valueOf(film.id("a")), "--file", "run.air"))
                .contains("It has run for 5.0s without a pause: it computes", "run it on a pool of its own");
    }

    @Test
    void tasks_of_one_place_are_folded_and_told_with_their_times() {
        Golden.assertMatches("tasks-recorded", printed("tasks", "--file", "run.air"));
    }

    @Test
    void leaks_list_living_tasks_by_place() {
        Golden.assertMatches("leaks", printed("leaks", "run.air"));
    }

    @Test
    void events_are_lines_narrowed_by_task_and_kind() {
        world.events.add(new RecordedEvent(0, RecordedEvent.Kind.CREATED, 12, 1, "manual, at x"));
        world.events.add(new RecordedEvent(1_500_000, RecordedEvent.Kind.WOKEN, 13, 12, "unparked, by #12"));
        world.events.add(new RecordedEvent(2_000_000, RecordedEvent.Kind.WOKEN, 14, 13, "unparked, by #13"));
        assertThat(printed("events", "run.air", "--task", "12", "--kind", "woken"))
                .isEqualTo("      0.001500s  woken        #13  unparked, by #12\n");
        assertThat(world.followed).isFalse();
        printed("events", "run.air", "--follow");
        assertThat(world.followed).isTrue();
    }

    @Test
    void events_of_a_task_that_is_not_there_end_with_4_and_one_line() {
        world.events.add(new RecordedEvent(0, RecordedEvent.Kind.CREATED, 12, 1, "manual, at x"));
        assertThat(world.run("events", "run.air", "--task", "T99")).isEqualTo(4);
        assertThat(world.out.text()).isEmpty();
        assertThat(world.err.text())
                .isEqualTo("async-inspect: no event of task #T99 in run.air; 'async-inspect timeline' names tasks\n");

        FakeWorld there = new FakeWorld();
        there.recording = world.recording;
        there.events.addAll(world.events);
        assertThat(there.run("events", "run.air", "--task", "12", "--kind", "woken"))
                .as("a task that is there and was never woken")
                .isZero();
    }

    @Test
    void a_recording_that_does_not_fit_into_memory_is_one_line_that_names_more_than_there_was() {
        world.recording = until -> {
            throw new OutOfMemoryError();
        };
        assertThat(world.run("why", "run.air")).isEqualTo(4);
        assertThat(world.err.text())
                .hasLineCount(1)
                .contains("out of memory; give it more with JAVA_TOOL_OPTIONS=-Xmx");
        long named = Long.parseLong(world.err.text().replaceAll("(?s).*-Xmx(\\d+)g.*", "$1"));
        assertThat(named << 30).isGreaterThan(Runtime.getRuntime().maxMemory());
    }

    @Test
    void events_of_a_file_that_was_not_written_to_its_end_say_so() {
        world.whole = false;
        assertThat(world.run("events", "run.air")).isEqualTo(4);
        assertThat(world.err.text())
                .isEqualTo("async-inspect: run.air was not written to its end; these are the events before that\n");
    }

    @ParameterizedTest
    @CsvSource({
        "40, NAME STATE",
        "80, NAME STATE AGE POLLS RAN BLOCKED",
        "250, NAME KIND STATE AGE POLLS RAN SCHEDULED BLOCKED"
    })
    void a_table_of_tasks_fits_the_terminal_and_always_tells_where_they_stand(int columns, String heads) {
        world.columns = columns;
        List<String> table = printed("replay", "run.air", "--all")
                .lines()
                .dropWhile(line -> !line.startsWith("ID"))
                .takeWhile(line -> !line.isEmpty())
                .toList();
        assertThat(table.get(0).split(" +")).containsExactly(("ID " + heads + " WHERE").split(" "));
        assertThat(table)
                .hasSize(6)
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
    }

    @Test
    void what_was_dropped_is_red_in_every_view() {
        film.drops(1234);
        for (String command : new String[] {
            "stats run.air",
            "timeline run.air",
            "leaks run.air",
            "replay run.air",
            "why --file run.air",
            "tasks --file run.air"
        }) {
            assertThat(new RecordingViewsTest().dropping().printed((command + " --color=always").split(" ")))
                    .as(command)
                    .contains("\u001b[31;1m Dropped: 1,234 events.");
        }
    }

    private RecordingViewsTest dropping() {
        film.drops(1234);
        return this;
    }

    @ParameterizedTest
    @ValueSource(strings = {"why run.air", "replay run.air", "analyze run.air"})
    void a_recording_that_lacks_events_is_not_called_healthy(String command) {
        film = healthy();
        assertThat(world.run(command.split(" "))).isZero();
        assertThat(world.out.text()).contains("[ OK ] Nothing wrong found in film.");

        film = healthy().drops(1);
        RecordingViewsTest lacking = new RecordingViewsTest();
        lacking.film = film;
        assertThat(lacking.world.run(command.split(" "))).isEqualTo(4);
        assertThat(lacking.world.out.text())
                .contains("[PART] Nothing wrong found in what film holds; 1 event that it lacks may tell more.")
                .doesNotContain("[ OK ]");
    }

    @Test
    void a_finding_outweighs_dropped_events_and_views_without_a_verdict_end_well() {
        film = healthy().drops(1);
        assertThat(world.run("stats", "run.air")).isZero();
        assertThat(world.run("timeline", "run.air")).isZero();
        assertThat(world.run("tasks", "--file", "run.air")).isZero();
        assertThat(world.run("leaks", "run.air")).isZero();
        film = crossed().drops(1);
        assertThat(world.run("why", "run.air")).isEqualTo(1);
        assertThat(world.out.text()).doesNotContain("[PART]");
    }

    private static Film healthy() {
        Film film = new Film();
        film.at(0).created("a", "").starts("a", 1);
        return film.at(10).ends("a");
    }

    /** Two tasks, each of which wants the lock that the other has. */
    private static Film crossed() {
        Film film = new Film();
        film.at(0).is("till", EventCodes.LOCK, 0).is("stock", EventCodes.LOCK, 0);
        film.created("a", "").starts("a", 1).created("b", "").starts("b", 2);
        film.takes("a", "till", EventCodes.EXCLUSIVE, "shop.Till.open(Till.java:3)");
        film.takes("b", "stock", EventCodes.EXCLUSIVE, "shop.Stock.open(Stock.java:3)");
        film.at(1)
                .waits("a", "shop.Till.sell(Till.java:4)", "stock")
                .waits("b", "shop.Stock.book(Stock.java:4)", "till");
        return film.at(9_000);
    }

    @ParameterizedTest
    @CsvSource({
        "timeline run.air --limit 0, '--limit must be between'",
        "timeline run.air --from 9s, nothing lies between",
        "events run.air --task T, 'is no task; write 12 for a thread, T0 for a recorded task'",
        "events run.air --kind sneezed, 'is no kind of event; there are created, named'",
        "replay run.air --at noon, 'is no time'",
        "replay run.air --at 2026-01-02T, 'is no time'",
        "why 4711 --at 2s, '--at is for recordings'",
        "stats, 'Missing required parameter'"
    })
    void a_wrong_command_line_ends_with_2_and_one_line(String line, String message) {
        assertThat(world.run(line.split(" "))).isEqualTo(2);
        assertThat(world.err.text().lines().toList()).hasSize(2);
        assertThat(world.err.text()).contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stats 4711", "leaks 4711", "timeline 4711", "replay 4711 --at 1s", "events 4711"})
    void a_jvm_that_records_is_asked_itself_and_one_that_does_not_is_told_in_one_line(String line) {
        assertThat(world.run(line.split(" "))).isZero();
        assertThat(world.found).isEqualTo("recording of 4711");
        assertThat(world.filesRead).isEmpty();
        world.recording = null;
        assertThat(world.run(line.split(" "))).isEqualTo(3);
        assertThat(world.err.text()).isEqualTo("async-inspect: process 4711 does not record\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stats", "timeline", "replay", "leaks", "events"})
    void what_is_no_recording_ends_with_4_and_one_line(String command) {
        world.recording = null;
        assertThat(world.run(command, "notes.txt")).isEqualTo(4);
        assertThat(world.out.text()).isEmpty();
        assertThat(world.err.text()).isEqualTo("async-inspect: notes.txt is no recording of async-inspect\n");
    }

    @Test
    void a_task_that_is_not_there_ends_with_4_and_one_line() {
        assertThat(world.run("timeline", "run.air", "--task", "5")).isEqualTo(4);
        assertThat(world.err.text()).contains("no task #5 in film");
    }

    @Test
    void a_name_is_never_cut_in_the_middle_of_a_character() {
        film = new Film();
        film.at(0).created("x".repeat(25) + "\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00", "");
        film.at(9).created("y".repeat(24) + "\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00", "");
        String lone = "[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])";
        assertThat(printed("timeline", "run.air").split(lone)).hasSize(1);
        assertThat(printed("replay", "run.air", "--all").split(lone)).hasSize(1);
    }

    @Test
    void an_await_of_nothing_known_is_told_by_its_place_alone() {
        film = new Film();
        film.at(0).created("a", "").starts("a", 1);
        film.at(1).waits("a", "price of the order", "");
        film.at(5000).created("b", "");
        assertThat(printed("replay", "run.air"))
                .contains("  waits at price of the order")
                .doesNotContain("Unknown");
        assertThat(printed("task", String.valueOf(film.id("a")), "--file", "run.air"))
                .contains(" waits at price of the order, for 5.0s")
                .doesNotContain("Resource#0");
    }
}
