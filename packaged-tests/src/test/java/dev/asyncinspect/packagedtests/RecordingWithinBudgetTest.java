package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.event.EventCollector;
import dev.asyncinspect.core.recording.RecordingReader;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A program that does more than may be recorded, and one that does not. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RecordingWithinBudgetTest {

    private static final Pattern FOR_NOW = Pattern.compile(
            "one task in (\\d+) for now, .* budget 0\\.05 % of one processor" + " \\([0-9.]+ % in the last second\\)");

    private static final Pattern SOME_LEFT_OUT = Pattern.compile("[1-9][0-9,]* tasks that were not followed");

    @TempDir
    Path folder;

    @BeforeEach
    void compile() {
        JavaSource.compile(Path.of("src/test/programs/Rush.java"), folder);
    }

    private JavaProcess rush(int version, String way, String option, Path file) throws Exception {
        Jdk jdk = Jdks.onThisMachine().require(version);
        JavaProcess program = JavaProcess.on(
                        jdk,
                        Shipped.agentOption() + "=record," + option + ",to=" + file,
                        "-cp",
                        folder.toString(),
                        "Rush")
                .with(way)
                .start();
        program.awaitLine("ready");
        return program;
    }

    private static String info(JavaProcess program) throws Exception {
        return Shipped.run("info", String.valueOf(program.pid())).stdout();
    }

    private static int tasks(JavaProcess program) throws Exception {
        return Integer.parseInt(program.awaitLine("tasks ").substring("tasks ".length()));
    }

    private static List<Event> events(Path file) throws Exception {
        List<Event> events = new ArrayList<>();
        RecordingReader.open(file).forEach(new EventCollector(events::add));
        return events;
    }

    private static Set<Long> created(List<Event> events, int kind) {
        Set<Long> tasks = new HashSet<>();
        for (Event event : events) {
            if (event instanceof Event.Created created && created.kind() == kind) {
                tasks.add(created.taskId());
            }
        }
        return tasks;
    }

    private static List<Long> dropped(List<Event> events, int why) {
        return events.stream()
                .filter(event -> event instanceof Event.Dropped dropped && dropped.why() == why)
                .map(event -> ((Event.Dropped) event).events())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"17, pool", "25, virtual"})
    void beyond_its_budget_fewer_tasks_are_followed_each_of_them_whole_and_the_others_are_counted(
            int version, String way) throws Exception {
        Path file = folder.resolve("rush.air");
        int kind = way.equals("pool") ? EventCodes.EXECUTOR_TASK : EventCodes.VIRTUAL_THREAD;
        int tasks;
        try (JavaProcess program = rush(version, way, "overhead=0.0005", file)) {
            Matcher now = FOR_NOW.matcher(info(program));
            while (!now.find()) {
                now = FOR_NOW.matcher(info(program));
            }
            assertThat(Integer.parseInt(now.group(1))).isGreaterThan(1);
            awaitLeftOut(program);
            program.writeLine("no more");
            tasks = tasks(program);
            program.writeLine("end");
            assertThat(program.awaitEnd().exitCode()).isZero();
        }

        List<Event> events = events(file);
        Set<Long> followed = created(events, kind);
        assertThat(followed).hasSizeBetween(1, tasks - 500);
        Set<Long> ended = new HashSet<>();
        events.forEach(event -> {
            if (event instanceof Event.Ended end) {
                ended.add(end.taskId());
            }
        });
        assertThat(ended).as("whole").containsAll(followed);
        long leftOut = dropped(events, EventCodes.NOT_FOLLOWED).stream()
                .mapToLong(Long::longValue)
                .sum();
        assertThat(leftOut + followed.size())
                .as("all of the program, and what else began")
                .isBetween((long) tasks, tasks + 50L);
        assertThat(Shipped.run("why", file.toString()).stdout())
                .contains("[PART]", String.format(Locale.ROOT, "%,d tasks that were not followed", leftOut));
    }

    /** The new rate is for tasks to come, some ten thousand later. */
    private static void awaitLeftOut(JavaProcess program) throws Exception {
        String pid = String.valueOf(program.pid());
        while (!SOME_LEFT_OUT.matcher(Shipped.run("stats", pid).stdout()).find()) {
            assertThat(program.isAlive()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"17, pool", "25, virtual"})
    void within_its_budget_nobody_is_left_out(int version, String way) throws Exception {
        Path file = folder.resolve("calm.air");
        int kind = way.equals("pool") ? EventCodes.EXECUTOR_TASK : EventCodes.VIRTUAL_THREAD;
        int tasks;
        try (JavaProcess program = rush(version, way, "overhead=1", file)) {
            while (!info(program)
                    .contains("every task, awaits on, sites off, 16 MB of last events, budget 100 % of one"
                            + " processor (")) {
                assertThat(program.isAlive()).isTrue();
            }
            program.writeLine("no more");
            tasks = tasks(program);
            program.writeLine("end");
            assertThat(program.awaitEnd().exitCode()).isZero();
        }

        List<Event> events = events(file);
        assertThat(created(events, kind)).hasSizeBetween(tasks, tasks + 10);
        assertThat(dropped(events, EventCodes.NOT_FOLLOWED)).isEmpty();
    }
}
