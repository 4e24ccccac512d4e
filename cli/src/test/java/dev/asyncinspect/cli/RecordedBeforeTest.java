package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.model.Film;
import dev.asyncinspect.sources.KeptRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code why} adds to its findings if the JVM records: the flight recorder. */
class RecordedBeforeTest {

    private final FakeWorld world = new FakeWorld(Scene.bank().twice());

    @TempDir
    Path folder;

    /** The two of the bank: one is a worker that runs an order, the other does what it does itself. */
    private static Film flight() {
        Film film = new Film();
        film.at(0).clock(1_767_355_200_000L);
        film.is("accountA", EventCodes.LOCK, 0);
        film.thread("transfer-1", 12).thread("transfer-2", 13).thread("main", 1);
        film.at(100).created("order", "main", EventCodes.EXECUTOR_TASK, "shop.Main.accept(Main.java:9)");
        film.at(200).starts("order", 12).starts("transfer-2", 13);
        for (int i = 0; i < 10; i++) {
            film.at(300 + i)
                    .waits("transfer-2", "shop.Bank.rest", "")
                    .at(310 + i)
                    .goesOn("transfer-2", "");
        }
        film.at(1000).waits("order", "shop.Bank.transfer(Bank.java:34)", "accountA");
        film.at(3000).created("late", "main");
        return film;
    }

    @Test
    void why_ofAJvmThatRecords_tellsForWhomAWorkerWorksAndWhatWasBefore() {
        world.recordedLive = flight().recording();

        assertThat(world.run("why", "4711")).isEqualTo(1);
        Golden.assertMatches("why-recorded-before", world.out.text());
        assertThat(world.err.text()).isEmpty();
    }

    @Test
    void why_ofAJvmThatRecords_saysTheSameInItsJson() throws IOException {
        world.recordedLive = flight().recording();

        world.run("why", "4711", "--json");
        assertThat(world.out.text())
                .contains("\"recordedBefore\":[{\"task\":12,\"runs\":{\"id\":1000000000003,\"label\":"
                        + "\"Task #T3 'order' (executor task)\",\"createdAt\":\"shop.Main.accept(Main.java:9)\"},"
                        + "\"events\":[{\"agoNanos\":2900000000,");
        assertThat(JsonTest.schema().validate(world.out.text(), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void why_ofAJvmThatRecords_saysWhoSignalledLastWhatATaskWaitsFor() throws IOException {
        Film film = flight();
        film.at(3100)
                .is("jobs", EventCodes.CONDITION, 0)
                .created("loader", "main")
                .starts("loader", 40);
        film.gives("loader", "jobs", EventCodes.SIGNAL).ends("loader");
        film.at(3200).waits("transfer-2", "take", "jobs").at(3300).created("later", "main");
        world.recordedLive = film.recording();

        world.run("why", "4711");
        assertThat(world.out.text())
                .containsPattern(
                        "200.0ms ago  that Condition was signalled once, only by #T\\d 'loader', which has ended");
        FakeWorld again = new FakeWorld(Scene.bank().twice());
        again.recordedLive = film.recording();
        again.run("why", "4711", "--json");
        assertThat(again.out.text()).contains("\"lastSignal\":{\"agoNanos\":200000000,\"text\":\"that Condition");
        assertThat(JsonTest.schema().validate(again.out.text(), InputFormat.JSON))
                .isEmpty();
    }

    /** Two tasks that hold a permit each and want the other's, since that time before the end. */
    private static Film quarrel(long millis) {
        return quarrel(millis, 31, 32);
    }

    private static Film quarrel(long millis, long bakersThread, long cooksThread) {
        Film film = new Film();
        film.at(0).is("oven", EventCodes.SEMAPHORE, 1).is("mixer", EventCodes.SEMAPHORE, 1);
        film.thread("baker", bakersThread).thread("cook", cooksThread);
        film.starts("baker", bakersThread).starts("cook", cooksThread);
        film.takes("baker", "oven", EventCodes.PERMITS, "Bakery.bake(Bakery.java:3)");
        film.takes("cook", "mixer", EventCodes.PERMITS, "Bakery.mix(Bakery.java:9)");
        film.at(5000 - millis).waits("baker", "Bakery.bake", "mixer").waits("cook", "Bakery.mix", "oven");
        film.at(5000).created("late", "");
        return film;
    }

    @Test
    void why_ofAJvmThatRecords_findsTheHangThatOnlyTheRecordingShows() throws IOException {
        FakeWorld calm = new FakeWorld(Scene.calm().twice());
        calm.attached = Scene.calm().twice();
        calm.recordedLive = quarrel(2000).recording();
        assertThat(calm.run("why", "4711")).isEqualTo(1);
        assertThat(calm.out.text()).contains("lock-cycle · LIKELY", "'baker'", "'cook'", "=== ");

        FakeWorld again = new FakeWorld(Scene.calm().twice());
        again.attached = Scene.calm().twice();
        again.recordedLive = quarrel(2000).recording();
        again.run("why", "4711", "--json");
        assertThat(again.out.text()).contains("\"kind\":\"lock-cycle\"");
        assertThat(JsonTest.schema().validate(again.out.text(), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void why_ofAJvmThatRecords_findsASecondHangOfTheSameKind() {
        world.recordedLive = quarrel(2000).recording();
        world.run("why", "4711");
        assertThat(world.out.text()).contains("lock-cycle · PROVEN", "lock-cycle · LIKELY", "'baker'");
    }

    @Test
    void why_ofAJvmThatRecords_tellsWhatOnlyTimeShows() {
        FakeWorld calm = new FakeWorld(Scene.calm().twice());
        calm.attached = Scene.calm().twice();
        Film film = flight().at(3200);
        for (int i = 0; i < 200; i++) {
            film.created("letter" + i, "").submitted("letter" + i);
        }
        for (int i = 0; i < 200; i++) {
            film.at(3200 + 20L * i).starts("letter" + i, 90).ends("letter" + i);
        }
        calm.recordedLive = film.recording();
        assertThat(calm.run("why", "4711")).as("a hint is no sickness").isZero();
        assertThat(calm.out.text()).contains("slow-pool · HINT");
    }

    @Test
    void why_ofAJvmThatRecords_waitsUntilSuchAHangHasStoodForASecond() {
        FakeWorld calm = new FakeWorld(Scene.calm().twice());
        calm.attached = Scene.calm().twice();
        calm.recordedLive = quarrel(200).recording();
        assertThat(calm.run("why", "4711")).isZero();
    }

    @Test
    void why_ofAJvmThatRecords_doesNotTellTwiceWhatItsObjectsShow() {
        world.recordedLive = quarrel(2000, 12, 13).recording();
        world.run("why", "4711");
        assertThat(world.out.text()).contains("lock-cycle · PROVEN").doesNotContain("LIKELY");
    }

    @Test
    void why_ofAJvmThatDoesNotRecord_saysNothingOfIt() {
        world.run("why", "4711");
        world.run("why", "4711", "--json");
        assertThat(world.out.text()).doesNotContain("Recorded before", "recordedBefore");
    }

    @Test
    void why_ofAHealthyJvmThatRecords_saysNothingOfIt() {
        FakeWorld calm = new FakeWorld(Scene.calm().twice());
        calm.attached = Scene.calm().twice();
        calm.recordedLive = flight().recording();
        assertThat(calm.run("why", "4711")).isZero();
        assertThat(calm.out.text()).doesNotContain("Recorded before");
    }

    @Test
    void evidence_ofAJvmThatRecords_holdsItsRecording() throws IOException {
        world.kept = new KeptRecording.Kept(7, world.recordings, 0, true);
        Path kept = folder.resolve("kept");
        world.run("why", "4711", "--evidence", kept.toString());

        assertThat(kept.resolve("recording-4711.air")).hasContent("recording of 4711");
        assertThat(Files.readString(kept.resolve("README.txt")))
                .contains("recording-4711.air  what process 4711 recorded until then: async-inspect timeline");
    }

    @Test
    void evidence_ofAJvmThatDoesNotRecord_saysNothingOfARecording() throws IOException {
        Path kept = folder.resolve("kept");
        world.run("why", "4711", "--evidence", kept.toString());

        assertThat(List.of(kept.toFile().list())).noneMatch(name -> name.contains("recording"));
        assertThat(Files.readString(kept.resolve("README.txt"))).doesNotContain("recording");
    }
}
