package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.analysis.Confidence;
import dev.asyncinspect.analysis.FindingKind;
import dev.asyncinspect.cli.watch.Admission;
import dev.asyncinspect.model.Film;
import dev.asyncinspect.model.History;
import dev.asyncinspect.sources.JvmProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatcherTest {

    @TempDir
    Path folder;

    /** Where the storm blows: each look shows another deadlock, at other lines. */
    private static History storm(int look) {
        int line = 1000 + 4 * look;
        return new Scene()
                .waits(12, "one", line, 2)
                .waits(13, "two", line + 1, 1)
                .monitor(1, "a", 12, line + 2)
                .monitor(2, "b", 13, line + 3)
                .twice();
    }

    private static History bank() {
        return Scene.bank().twice();
    }

    /** A watch over a world that changes with each round. */
    private static final class Watch implements Watcher.Listener, Watcher.Pace {

        private final List<WatchEvent> events = new ArrayList<>();
        private final List<String> said = new ArrayList<>();
        private final FakeWorld world = new FakeWorld();
        private final List<Duration> pauses = new ArrayList<>();
        private int rounds;
        private int round;
        private long now;
        private Duration dumpTakes = Duration.ZERO;
        private boolean attach;
        private final List<Integer> agentsBetweenLooks = new ArrayList<>();

        Watch(IntFunction<History> seen) {
            world.seen = () -> {
                now += dumpTakes.toNanos();
                return seen.apply(round);
            };
        }

        Watch run(int length, @Nullable Path dump, FindingKind... kinds) throws Exception {
            rounds = length;
            WatchActions actions = new WatchActions(world, this::say, dump, 3, null, null);
            new Watcher(
                            WatchTargets.all(world, this::say),
                            world,
                            new Watcher.Wanted(List.of(kinds), Confidence.LIKELY, attach),
                            new Admission(Duration.ofMinutes(10), 5),
                            actions,
                            this)
                    .watch(Duration.ofSeconds(10), this);
            return this;
        }

        @Override
        public void event(WatchEvent event) {
            events.add(event);
        }

        @Override
        public void say(String line) {
            said.add(line);
        }

        @Override
        public long now() {
            return now;
        }

        @Override
        public boolean pause(Duration time) {
            now += time.toNanos();
            pauses.add(time);
            agentsBetweenLooks.add(world.staying.size());
            return ++round < rounds;
        }
    }

    @Test
    void a_finding_is_told_once_when_it_appears_and_not_while_it_stays() throws Exception {
        Watch watch = new Watch(round -> round < 5 ? Scene.calm().twice() : bank()).run(100, null);
        assertThat(watch.events)
                .singleElement()
                .satisfies(event -> assertThat(event.text())
                        .startsWith("shop.Main (process 4711): lock-cycle PROVEN: 2 tasks wait for each other"));
        assertThat(watch.said).contains("100 looks, 1 finding told; seen again: 94; held back by --most-per-hour: 0");
    }

    @Test
    void a_healthy_program_is_never_told_of() throws Exception {
        Watch watch = new Watch(round -> Scene.calm().twice()).run(50, folder.resolve("none"));
        assertThat(watch.events).isEmpty();
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void a_storm_of_findings_stays_bounded_in_events_and_folders() throws Exception {
        Watch watch = new Watch(WatcherTest::storm).run(300, folder);
        assertThat(watch.events).hasSize(5);
        assertThat(watch.said.get(watch.said.size() - 1)).endsWith("held back by --most-per-hour: 295");
        try (Stream<Path> kept = Files.list(folder)) {
            assertThat(kept).hasSize(3);
        }
    }

    @Test
    void pauses_grow_with_the_time_that_dumps_take_so_that_asking_stays_a_tenth() throws Exception {
        Watch quick = new Watch(round -> Scene.calm().twice()).run(3, null);
        assertThat(quick.pauses).containsOnly(Duration.ofSeconds(10));
        Watch slow = new Watch(round -> Scene.calm().twice());
        slow.dumpTakes = Duration.ofSeconds(4);
        assertThat(slow.run(3, null).pauses).containsOnly(Duration.ofSeconds(40));
    }

    @Test
    void attachedLooks_thatTakeLong_stayAHundredthOfTheTime() throws Exception {
        Watch quick = new Watch(round -> Scene.calm().twice());
        quick.attach = true;
        quick.dumpTakes = Duration.ofMillis(250 + 90);
        assertThat(quick.run(3, null).pauses).containsOnly(Duration.ofSeconds(10));
        Watch slow = new Watch(round -> Scene.calm().twice());
        slow.attach = true;
        slow.dumpTakes = Duration.ofMillis(250 + 300);
        assertThat(slow.run(3, null).pauses)
                .as("a hundred times what a look takes, the rest between its two samples left out")
                .containsOnly(Duration.ofSeconds(30));
    }

    @Test
    void attachedLooks_keepOneAgentBetweenThem_andTakeItOutInTheEnd() throws Exception {
        Watch watch = new Watch(round -> Scene.calm().twice());
        watch.attach = true;
        watch.run(4, null);
        assertThat(watch.agentsBetweenLooks).containsExactly(1, 1, 1, 1);
        assertThat(watch.world.attaches).isEqualTo(4);
        assertThat(watch.world.staying).isEmpty();
    }

    @Test
    void attachedLooks_thatEndInABugOfOurs_takeTheAgentOutAllTheSame() throws Exception {
        Watch watch = new Watch(round -> {
            throw new IllegalStateException("a bug");
        });
        watch.attach = true;
        watch.run(2, null);
        assertThat(watch.agentsBetweenLooks).containsExactly(1, 1);
        assertThat(watch.world.staying).isEmpty();
    }

    @Test
    void evidence_ofAJvmThatRecords_holdsWhatWasBefore() throws Exception {
        Watch watch = new Watch(round -> bank());
        watch.world.recordedLive = new Film()
                .at(0)
                .thread("transfer-1", 12)
                .at(2000)
                .starts("transfer-1", 12)
                .recording();
        watch.run(1, folder);
        Path kept = watch.events.get(0).evidence();
        assertThat(Files.readString(kept.resolve("why.txt"))).contains("Recorded before:");
    }

    @Test
    void other_kinds_than_those_asked_for_are_left_alone() throws Exception {
        assertThat(new Watch(round -> bank()).run(5, null, FindingKind.POOL_STARVATION).events)
                .isEmpty();
        assertThat(new Watch(round -> bank()).run(5, null, FindingKind.LOCK_CYCLE).events)
                .hasSize(1);
    }

    @Test
    void a_bug_of_ours_is_one_line_and_the_watch_goes_on() throws Exception {
        Watch watch = new Watch(round -> {
                    if (round < 3) {
                        throw new IllegalStateException("a bug");
                    }
                    return bank();
                })
                .run(10, null);
        assertThat(watch.said)
                .filteredOn(line -> line.contains("internal error"))
                .containsExactly("internal error at process 4711: java.lang.IllegalStateException: a bug");
        assertThat(watch.events).hasSize(1);
    }

    @Test
    void the_json_of_an_event_holds_no_arguments_of_the_program() {
        JvmProcess jvm = new JvmProcess(4711, "shop.Main --password=secret", "ada", "25", null);
        Diagnosis diagnosis = Diagnosis.of(bank());
        WatchEvent event = new WatchEvent(
                Scene.NOON,
                jvm,
                diagnosis.history().latest(),
                diagnosis.findings().get(0),
                null);
        assertThat(event.json("1.2.3"))
                .contains("\"mainClass\":\"shop.Main\"", "\"kind\":\"lock-cycle\"")
                .doesNotContain("secret", "\n");
        assertThat(event.variables().toString()).doesNotContain("secret");
    }
}
