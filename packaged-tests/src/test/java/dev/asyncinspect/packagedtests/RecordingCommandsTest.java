package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the commands about recordings say of a program that knows nothing of being recorded. */
class RecordingCommandsTest {

    @TempDir
    Path folder;

    static List<Jdk> jdks() {
        return Matrix.oldestAndNewest(Jdks.onThisMachine().of(17, 21, 25));
    }

    @BeforeEach
    void compile() {
        JavaSource.compile(Path.of("src/test/programs/Kitchen.java"), folder);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_program_that_is_run_leaves_a_recording_of_all_its_tasks_and_of_nothing_of_ours(Jdk jdk) throws Exception {
        Path file = folder.resolve("kitchen.air");
        Ended run = Shipped.run(
                "run", "--sites", "--to", file.toString(), "--", jdk.tool("java"), "-cp", folder.toString(), "Kitchen");
        assertThat(run).isEqualTo(new Ended(0, "", ""));

        List<JsonNode> dishes = executorTasks(file.toString());
        assertThat(dishes).hasSize(5);
        assertThat(dishes)
                .filteredOn(dish -> dish.get("state").asString().equals("FAILED"))
                .extracting(dish -> dish.get("failure").asString())
                .containsExactly("java.lang.IllegalStateException: no salt");
        assertThat(dishes)
                .filteredOn(dish -> dish.get("state").asString().equals("COMPLETED"))
                .hasSize(4);
        assertThat(dishes)
                .as("by --sites, where each was submitted")
                .allMatch(dish -> dish.get("createdAt").asString().matches("Kitchen\\.main\\(Kitchen\\.java:\\d+\\)"));
        Ended stats = Shipped.run("stats", file.toString());
        assertThat(stats.exitCode()).as(stats.stderr()).isZero();
        assertThat(stats.stdout()).contains(" 1 failed, 0 cancelled").doesNotContain("async-inspect-");
        assertThat(stats.stdout())
                .as("nothing but workers, all of which have ended")
                .contains("0 running, 0 blocked");
        assertThat(Shipped.run("timeline", file.toString()).stdout())
                .contains("main", "pool-1-thread-1", "pool-1-thread-2")
                .doesNotContain("async-inspect-", "Reference Handler");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void what_was_recorded_before_a_kill_is_readable_and_a_live_jvm_is_asked_by_its_process_id(Jdk jdk)
            throws Exception {
        Path file = folder.resolve("kitchen.air");
        try (JavaProcess kitchen = JavaProcess.on(jdk, Shipped.agentOption() + "=record,to=" + file)
                .with("-cp", folder.toString(), "Kitchen", "for ever")
                .start()) {
            kitchen.awaitLine("cooking");
            String pid = String.valueOf(kitchen.pid());
            List<JsonNode> live = executorTasks(pid);
            assertThat(live).hasSize(6);
            while (!Files.exists(file) || executorTasks(file.toString()).size() < 6) {
                Thread.onSpinWait(); // it is written once a second
            }
            assertThat(new ProcessBuilder("kill", "-9", pid).start().waitFor()).isZero();
            kitchen.awaitEnd();
        }
        List<JsonNode> left = executorTasks(file.toString());
        assertThat(left).hasSize(6);
        assertThat(left)
                .filteredOn(dish -> dish.get("state").asString().equals("BLOCKED"))
                .as("the dish that waits for salt")
                .hasSize(1);
        assertThat(Shipped.run("leaks", file.toString()).exitCode()).isZero();
    }

    /** No file of the program may be larger than 1 KiB: what is behind that is as on a full disk. */
    @Test
    void a_recording_that_finds_no_room_is_told_at_the_end_of_the_program_which_goes_on() throws Exception {
        Path java = folder.resolve("java");
        String home = Jdks.onThisMachine().require(25).tool("java");
        Files.writeString(java, "#!/bin/bash\nulimit -f 1\nexec " + home + " -XX:-UsePerfData \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Path file = folder.resolve("kitchen.air");

        Ended run =
                Shipped.run("run", "--to", file.toString(), "--", java.toString(), "-cp", folder.toString(), "Kitchen");

        assertThat(run)
                .isEqualTo(
                        new Ended(
                                0,
                                "",
                                "async-inspect: " + file
                                        + " lacks what was recorded last: there was no room for it, or the program was killed\n"));
    }

    @Test
    void a_program_that_did_not_record_is_told_unless_it_has_failed_by_itself() throws Exception {
        Path file = folder.resolve("kitchen.air");
        Path java = folder.resolve("java");
        Files.writeString(java, "#!/bin/bash\nexit ${2#-}\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();

        assertThat(Shipped.run("run", "--to", file.toString(), "--", java.toString(), "-0"))
                .isEqualTo(
                        new Ended(0, "", "async-inspect: " + file + " was not written: the program did not record\n"));
        assertThat(Shipped.run("run", "--to", file.toString(), "--", java.toString(), "-7"))
                .isEqualTo(new Ended(7, "", ""));
    }

    @Test
    void a_file_that_cannot_be_written_is_one_line_before_the_program_starts() throws Exception {
        Ended ended =
                Shipped.run("run", "--to", folder.resolve("no/such/folder.air").toString(), "x.jar");
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.stderr()).startsWith("async-inspect: --to must be in a folder that can be written: ");
    }

    private static List<JsonNode> executorTasks(String recording) throws Exception {
        Ended ended = Shipped.run("timeline", recording, "--json");
        assertThat(ended.exitCode()).as(ended.stderr()).isZero();
        JsonNode tasks = new JsonMapper().readTree(ended.stdout()).get("timeline");
        return StreamSupport.stream(tasks.spliterator(), false)
                .filter(task -> task.get("kind").asString().equals("EXECUTOR_TASK"))
                .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
    }
}
