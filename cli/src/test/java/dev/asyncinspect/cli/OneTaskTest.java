package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code why} and {@code prove} narrowed down to a task, and what {@code why} keeps. */
class OneTaskTest {

    private final FakeWorld world = new FakeWorld(Scene.bank().twice());

    @Test
    void a_task_in_the_circle_and_one_behind_it_are_told_of_the_circle() {
        for (String command : new String[] {"why", "prove"}) {
            for (String task : new String[] {"12", "21"}) {
                FakeWorld fresh = new FakeWorld(Scene.bank().twice());
                assertThat(fresh.run(command, "4711", "--task", task)).isEqualTo(1);
                assertThat(fresh.out.text()).contains("Deadlock #1 detected!").doesNotContain("Left out");
            }
        }
    }

    @Test
    void a_task_with_no_part_in_it_is_fine_and_what_was_left_out_is_said() {
        for (String command : new String[] {"why", "prove"}) {
            FakeWorld fresh = new FakeWorld(Scene.bank().twice());
            assertThat(fresh.run(command, "4711", "--task", "30")).isZero();
            assertThat(fresh.out.text())
                    .contains("[ OK ]")
                    .contains("Left out: 1 finding (lock-cycle) that task #30 has no part in.")
                    .doesNotContain("detected!");
        }
    }

    @Test
    void a_proven_finding_about_others_does_not_keep_it_from_a_closer_look() {
        world.attached = Scene.bank().twice();
        assertThat(world.run("why", "4711", "--task", "30")).isZero();
        assertThat(world.attaches).isEqualTo(1);
    }

    @Test
    void a_task_that_is_not_there_is_one_line() {
        assertThat(world.run("why", "4711", "--task", "77")).isEqualTo(4);
        assertThat(world.err.text().lines())
                .anyMatch(line ->
                        line.endsWith("no task #77 in pid 4711 (java app.jar); 'async-inspect tasks' lists them"));
    }

    @Test
    void evidence_holds_the_whole_answer_whatever_is_shown(@TempDir Path place) {
        Path folder = place.resolve("evidence");
        assertThat(world.run("why", "4711", "--no-attach", "--task", "30", "--evidence", folder.toString()))
                .isZero();
        assertThat(world.err.text()).contains("evidence: " + folder);
        assertThat(folder.resolve("why.txt")).content().contains("Deadlock #1 detected!");
        assertThat(folder.resolve("threads-4711-1.txt")).hasContent("the text of 4711");
        assertThat(folder.resolve("why.json")).content().contains("\"lock-cycle\"");
    }

    @Test
    void evidence_of_files_is_refused(@TempDir Path place) {
        Path folder = place.resolve("evidence");
        assertThat(world.run("why", "--file", "a.txt", "--evidence", folder.toString()))
                .isEqualTo(2);
        assertThat(world.err.text()).contains("--evidence keeps what is seen of a live JVM");
        assertThat(folder).doesNotExist();
        assertThat(world.filesRead).isEmpty();
    }
}
