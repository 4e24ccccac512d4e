package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import dev.asyncinspect.sources.KeptRecording;
import dev.asyncinspect.sources.RecordingState;
import dev.asyncinspect.sources.RecordingWish;
import dev.asyncinspect.sources.SourceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class RecordCommandTest {

    private final FakeWorld world = new FakeWorld();

    @Test
    void record_says_how_many_hooks_work_and_why_one_does_not() {
        assertThat(world.run("record", "4711")).isZero();

        assertThat(world.out.text())
                .contains("Process 4711 records: 1 hook on, 1 skipped; 5,012 events, 0 dropped")
                .contains("pool.ends")
                .contains("found 0 such places, not 2")
                .contains("Stop it with: async-inspect stop 4711");
    }

    @Test
    void record_toAFile_saysWhatWasKeptAndThatAllIsTakenOut() {
        world.kept = new KeptRecording.Kept(5012, stopped(""), 0, false);

        assertThat(world.run("record", "4711", "--for", "1.5s", "--to", "shop.air"))
                .isZero();
        assertThat(world.err.text())
                .isEqualTo("async-inspect: recording process 4711 to shop.air for 1.5s; Ctrl-C ends it\n");
        assertThat(world.out.text()).isEqualTo("""
                        Kept 5,012 events of process 4711 in shop.air: 0 dropped; all classes are what they were.
                        Look at it with: async-inspect timeline shop.air
                        """);
        assertThat(world.underWay).isNull();
    }

    @Test
    void record_withLocksAndContext_asksForThem() {
        FakeWorld world = new FakeWorld(Scene.bank().twice());
        assertThat(world.run("record", "4711", "--locks")).isZero();
        assertThat(world.wish).isEqualTo(new RecordingWish(false, true, false));
        assertThat(world.run("record", "4711", "--context")).isZero();
        assertThat(world.wish).isEqualTo(new RecordingWish(false, false, true));
    }

    @Test
    void record_withSites_asksForTheLines_andWithoutDoesNot() {
        world.kept = new KeptRecording.Kept(1, stopped(""), 0, false);
        assertThat(world.run("record", "4711", "--sites")).isZero();
        assertThat(world.wish.sites()).isTrue();
        assertThat(world.run("record", "4711")).isZero();
        assertThat(world.wish).isEqualTo(RecordingWish.USUAL);
        assertThat(world.run("record", "4711", "--sites", "--to", "shop.air")).isZero();
        assertThat(world.wish.sites()).isTrue();
    }

    @Test
    void record_toAFile_tellsWhatIsNotAsItShouldBe() {
        world.kept = new KeptRecording.Kept(1, null, 0, false);
        assertThat(world.run("record", "4711", "--to", "shop.air")).isEqualTo(ExitCode.INCOMPLETE.code());
        assertThat(world.out.text()).contains("Kept 1 event of process 4711 in shop.air: it ended meanwhile.");

        world.kept = new KeptRecording.Kept(2, world.recordings, 0, true);
        assertThat(world.run("record", "4711", "--to", "shop.air")).isZero();
        assertThat(world.out.text()).contains("it recorded already, which is kept too, and records on.");

        world.kept = new KeptRecording.Kept(2, stopped("java.lang.Thread still calls us"), 0, false);
        assertThat(world.run("record", "4711", "--to", "shop.air")).isEqualTo(ExitCode.INCOMPLETE.code());
        assertThat(world.out.text()).contains("not all could be restored: java.lang.Thread still calls us");
    }

    @Test
    void record_toAFile_namesItInJson() throws IOException {
        world.kept = new KeptRecording.Kept(5012, stopped(""), 0, false);

        world.run("record", "4711", "--for", "1s", "--to", "shop.air", "--json");
        assertThat(world.out.text()).contains("\"file\":\"shop.air\"", "\"recorder\":{\"on\":false");
        assertThat(JsonTest.schema().validate(world.out.text(), InputFormat.JSON))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "record 4711 --for 5s, --for needs --to FILE",
        "record 4711 --for 0 --to shop.air, --for must be longer than nothing",
        "record 4711 --to no/such/shop.air, --to must be in a folder that can be written: no/such/shop.air",
        "record 4711 --to src, '--to must be a file, and this is a folder: src'"
    })
    void record_withAWrongCommandLine_endsWith2AndOneLineBeforeAnythingIsDone(String line, String message) {
        assertThat(world.run(line.split(" "))).isEqualTo(2);
        assertThat(world.err.text()).contains(message).hasLineCount(2);
        assertThat(world.found).isEmpty();
    }

    private static RecordingState stopped(String notRestored) {
        return new RecordingState(false, 5012, 0, notRestored, List.of());
    }

    @Test
    void info_prints_the_hook_table_of_a_jvm_that_records_and_below_that_long_table_what_matters() {
        world.run("record", "4711");

        assertThat(world.run("info", "4711")).isZero();
        assertThat(world.out.text())
                .containsSubsequence(
                        "runs on", "thread.started", "pid            4711", "records        1 hook on, 1 skipped");
    }

    @Test
    void tasks_that_found_no_room_are_counted_wherever_the_recording_is_summed_up() throws IOException {
        world.recordings = new RecordingState(true, 5012, 0, "", List.of(), 1300);
        world.run("record", "4711");
        assertThat(world.out.text()).contains("5,012 events, 0 dropped, 1,300 tasks left out for lack of room");

        world.run("info", "4711");
        world.run("stop", "4711");
        assertThat(world.out.text().split("1,300 tasks left out for lack of room"))
                .hasSize(4);

        FakeWorld json = new FakeWorld();
        json.underWay = world.recordings;
        json.run("info", "4711", "--json");
        assertThat(json.out.text()).contains("\"tasksLeftOut\":1300");
        assertThat(JsonTest.schema().validate(json.out.text(), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void info_of_a_jvm_that_does_not_answer_says_so_and_not_that_it_does_not_record() {
        world.unanswered = new SourceException(SourceException.Reason.UNREACHABLE, "process 4711 did not answer");

        assertThat(world.run("info", "4711")).isZero();
        assertThat(world.out.text()).contains("records        unknown: process 4711 did not answer");
    }

    @Test
    void stop_says_that_all_is_restored() {
        world.run("record", "4711");

        assertThat(world.run("stop", "4711")).isZero();
        assertThat(world.out.text())
                .contains("records no longer: 5,012 events, 0 dropped; all classes are what they were.");
    }

    @Test
    void stop_of_what_could_not_be_restored_is_told_and_is_no_success() {
        world.underWay = new RecordingState(false, 1, 0, "java.lang.Thread still calls us", List.of());

        assertThat(world.run("stop", "4711")).isEqualTo(ExitCode.INCOMPLETE.code());
        assertThat(world.out.text()).contains("not all could be restored: java.lang.Thread still calls us");
    }

    @Test
    void stop_of_a_jvm_that_does_not_record_says_so() {
        assertThat(world.run("stop", "4711")).isZero();
        assertThat(world.out.text()).isEqualTo("Process 4711 does not record.\n");
    }

    @Test
    void the_agent_stands_where_java_looks_for_it() {
        RunCommand run = new RunCommand();

        run.program = List.of("app.jar", "-x");
        assertThat(run.command("-javaagent:a")).endsWith("-javaagent:a", "-jar", "app.jar", "-x");
        run.program = List.of("java", "-Xmx1g", "-jar", "app.jar");
        assertThat(run.command("-javaagent:a")).containsExactly("java", "-javaagent:a", "-Xmx1g", "-jar", "app.jar");
        run.program = List.of("my.Main", "1");
        run.classPath = "classes";
        assertThat(run.command("-javaagent:a")).endsWith("-javaagent:a", "-cp", "classes", "my.Main", "1");
    }

    @Test
    void what_run_is_asked_for_the_agent_is_told() {
        RunCommand run = new RunCommand();
        CommandLine line = new CommandLine(run);

        line.parseArgs("app.jar");
        assertThat(run.agent("a.jar")).isEqualTo("-javaagent:a.jar=record");
        line.parseArgs("--memory-mb", "5", "--sites", "--locks", "--context", "--to", "run.air", "app.jar");
        assertThat(run.agent("a.jar"))
                .isEqualTo("-javaagent:a.jar=record,memory-mb=5,sites,locks,context,to="
                        + Path.of("run.air").toAbsolutePath());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.parseArgs(
                "--mode",
                "production",
                "--sample=20",
                "--max-tasks=500",
                "--awaits",
                "OFF",
                "--overhead=0.02",
                "app.jar");
        assertThat(run.agent("a.jar"))
                .isEqualTo("-javaagent:a.jar=record,mode=production,sample=20,max-tasks=500,awaits=off,overhead=0.02");
    }

    @ParameterizedTest
    @CsvSource({
        "--overhead 2, --overhead must be between 0 and 1 (0.01 is 1 % of one processor): 2.0",
        "--overhead NaN, --overhead must be between 0 and 1 (0.01 is 1 % of one processor): NaN",
        "--sample 0, --sample must be 1 or more: 0",
        "--max-tasks -3, --max-tasks must be 1 or more: -3",
        "--sample many, Invalid value for option '--sample': 'many' is not an int",
        "--mode fast, Invalid value for option '--mode'",
        "--awaits maybe, Invalid value for option '--awaits'"
    })
    void record_withASenselessAmount_endsWith2AndSaysWhatIsWrong(String options, String message) {
        assertThat(world.run(("record 4711 " + options).split(" "))).isEqualTo(2);
        assertThat(world.err.text()).contains(message).hasLineCount(2);
        assertThat(world.found).isEmpty();
    }

    @Test
    void record_withAnAmount_asksForIt_andTellsWhatCameOfIt() throws IOException {
        world.recordings = new RecordingState(true, 5012, 0, "", List.of(), 0, "mode custom, one task in 20");
        assertThat(world.run("record", "4711", "--sample", "20", "--awaits", "on"))
                .isZero();
        assertThat(world.wish).isEqualTo(new RecordingWish(false, false, false, "sample=20,awaits=on"));
        assertThat(world.out.text()).contains("With: mode custom, one task in 20");

        world.run("info", "4711");
        assertThat(world.out.text()).contains("with           mode custom, one task in 20");
        FakeWorld json = new FakeWorld();
        json.underWay = world.recordings;
        json.run("info", "4711", "--json");
        assertThat(json.out.text()).contains("\"settings\":\"mode custom, one task in 20\"");
        assertThat(JsonTest.schema().validate(json.out.text(), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void run_without_our_jar_is_a_wrong_command_line_in_one_line() {
        assertThat(world.run("run", "app.jar")).isEqualTo(ExitCode.USAGE.code());
        assertThat(world.err.text()).contains("does not run from its jar");
    }
}
