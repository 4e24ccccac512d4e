package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.event.EventCollector;
import dev.asyncinspect.core.event.EventLayout;
import dev.asyncinspect.core.recording.RecordingReader;
import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A program of which less is recorded than everything: one task in ten, few at a time, without what they wait for. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SelectedTasksTest {

    private static final int TASKS = 400;

    @TempDir
    Path folder;

    static List<Jdk> jdks() {
        return Matrix.oldestAndNewest(Jdks.onThisMachine().of(17, 21, 25));
    }

    @BeforeEach
    void compile() {
        JavaSource.compile(Path.of("src/test/programs/Flood.java"), folder);
    }

    private List<Event> recorded(Jdk jdk, String... options) throws Exception {
        Path file = folder.resolve("flood.air");
        List<String> command = new ArrayList<>(List.of("run", "--to", file.toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("--", jdk.tool("java"), "-cp", folder.toString(), "Flood"));
        Ended run = Shipped.run(command.toArray(String[]::new));
        assertThat(run.stdout()).as(run.stderr()).contains("done");
        assertThat(run.exitCode()).isZero();
        List<Event> events = new ArrayList<>();
        RecordingReader.open(file).forEach(new EventCollector(events::add));
        assertThat(events)
                .as("events found room")
                .noneMatch(event -> event instanceof Event.Dropped dropped
                        && dropped.why() == EventCodes.BUFFER_FULL
                        && dropped.events() > 0);
        return events;
    }

    private static Set<Long> submitted(List<Event> events) {
        return events.stream()
                .filter(event -> event instanceof Event.Created created && created.kind() == EventCodes.EXECUTOR_TASK)
                .map(event -> ((Event.Created) event).taskId())
                .collect(Collectors.toSet());
    }

    private static Stream<Long> ended(List<Event> events) {
        return events.stream()
                .filter(event -> event instanceof Event.Ended)
                .map(event -> ((Event.Ended) event).taskId());
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void one_task_in_ten_is_recorded_whole_and_answers_know_of_the_others(Jdk jdk) throws Exception {
        List<Event> events = recorded(jdk, "--sample", "10");

        Set<Long> followed = submitted(events);
        assertThat(followed).hasSizeBetween(TASKS / 20, TASKS / 5);
        assertThat(ended(events).filter(followed::contains)).hasSameSizeAs(followed);
        assertThat(events.stream().map(RecordedEvents::taskId).filter(id -> id >= EventLayout.FIRST_TASK_ID))
                .as("nothing of the others")
                .allMatch(followed::contains);
        assertThat(events)
                .filteredOn(event -> event instanceof Event.Acquired acquired && acquired.mode() == EventCodes.PERMITS)
                .as("who holds what, of all")
                .hasSizeGreaterThanOrEqualTo(TASKS);
        long leftOut = events.stream()
                .filter(event -> event instanceof Event.Dropped dropped && dropped.why() == EventCodes.NOT_FOLLOWED)
                .mapToLong(event -> ((Event.Dropped) event).events())
                .sum();
        assertThat(leftOut).isBetween((long) TASKS - followed.size(), TASKS + 50L);

        Ended why = Shipped.run("why", folder.resolve("flood.air").toString());
        assertThat(why.stdout())
                .contains(
                        "[PART]",
                        leftOut + " tasks that were not followed (record with sample=1, overhead=0 and no max-tasks)");
        assertThat(why.exitCode()).isEqualTo(4);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_limit_of_tasks_bites(Jdk jdk) throws Exception {
        int most = 30;
        List<Event> events = recorded(jdk, "--max-tasks", String.valueOf(most));

        Set<Long> live = new HashSet<>();
        int highest = 0;
        for (Event event : events) {
            if (event instanceof Event.Created created) {
                live.add(created.taskId());
            } else if (event instanceof Event.Ended ended) {
                live.remove(ended.taskId());
            }
            highest = Math.max(highest, live.size());
        }
        assertThat(highest).isEqualTo(most);
        assertThat(submitted(events)).isNotEmpty().hasSizeLessThan(TASKS);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void without_awaits_nothing_says_at_what_a_task_waits(Jdk jdk) throws Exception {
        List<Event> events = recorded(jdk, "--awaits", "off");

        assertThat(submitted(events)).hasSize(TASKS);
        assertThat(events)
                .noneMatch(event -> event instanceof Event.AwaitStart start && start.label() != 0)
                .noneMatch(event -> event instanceof Event.PollEnd end && end.label() != 0);
        assertThat(Shipped.run("stats", folder.resolve("flood.air").toString()).stdout())
                .contains("at what tasks wait (record with awaits=on)");
    }

    @Test
    void what_the_agent_is_told_goes_before_the_environment_and_info_says_what_came_of_it() throws Exception {
        Jdk jdk = Jdks.onThisMachine().require(17);
        try (JavaProcess program = JavaProcess.on(jdk, Shipped.agentOption() + "=record,max-tasks=50,sample=none")
                .with("-cp", folder.toString(), "Flood", "wait")
                .environment("ASYNC_INSPECT_SAMPLE", "5")
                .environment("ASYNC_INSPECT_MAX_TASKS", "60")
                .start()) {
            program.awaitLine("ready");

            Ended info = Shipped.run("info", String.valueOf(program.pid()));
            assertThat(info.stdout()).contains("with           mode development, one task in 5, at most 50 at a time");
            program.writeLine("begin");
            program.awaitLine("done");
        }
    }

    @Test
    void a_recording_that_begins_late_follows_what_it_is_told_to() throws Exception {
        Jdk jdk = Jdks.onThisMachine().require(25);
        try (JavaProcess program = JavaProcess.on(jdk)
                .with("-cp", folder.toString(), "Flood", "wait")
                .start()) {
            program.awaitLine("ready");
            String pid = String.valueOf(program.pid());

            assertThat(Shipped.run("record", pid, "--mode", "production", "--sample", "20")
                            .stdout())
                    .contains("With: mode production, one task in 20, awaits on, sites off, 8 MB of last events");
            program.writeLine("begin");
            program.awaitLine("done");
            assertThat(Shipped.run("stats", pid).stdout()).contains("tasks that were not followed");
            Ended again = Shipped.run("record", pid, "--sample", "3");
            assertThat(again.stderr())
                    .contains("only a recording that begins can have")
                    .hasLineCount(1);
            assertThat(Shipped.run("stop", pid).exitCode()).isZero();
        }
    }
}
