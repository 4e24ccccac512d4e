package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.History;
import dev.asyncinspect.model.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExcerptTest {

    @Test
    void findings_come_with_the_tasks_and_resources_they_are_about_and_no_others() {
        Observed seen = Excerpt.of(Diagnosis.of(Scene.bank().twice()));
        assertThat(seen.shown().tasks())
                .extracting(task -> task.id())
                .containsExactly(12L, 13L, 21L, 22L, 23L, 24L, 25L);
        assertThat(seen.shown().resources()).hasSize(2);
        assertThat(seen.tasksLeftOut()).isZero();
    }

    @Test
    void a_hundred_thousand_victims_are_counted_and_not_listed() {
        Scene scene = Scene.bank();
        for (int id = 1000; id < 101_000; id++) {
            scene.waits(id, "customer-" + id, 61, 2);
        }
        Diagnosis diagnosis = Diagnosis.of(scene.twice());
        Observed seen = Excerpt.of(diagnosis);
        assertThat(seen.shown().tasks()).hasSize(200);
        assertThat(seen.tasksLeftOut()).isEqualTo(100_007 - 200);
        assertThat(bytes(seen)).isLessThan(300_000);
        assertThat(seen.findings())
                .first()
                .satisfies(finding -> assertThat(finding.victims()).hasSize(50));
    }

    @Test
    void a_page_of_tasks_begins_where_it_is_asked_to() {
        History history = Scene.bank().twice();
        Snapshot whole = history.latest();
        Observed page = Excerpt.of(history, whole.tasks(), 2, 3);
        assertThat(page.shown().tasks()).isEqualTo(whole.tasks().subList(2, 5));
        assertThat(page.tasksLeftOut()).isEqualTo(whole.tasks().size() - 3);
    }

    private static int bytes(Observed seen) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new AnswerJson(new PrintStream(bytes, false, StandardCharsets.UTF_8), "why", "1.2.3")
                .print(ExitCode.FINDINGS, List.of(seen));
        return bytes.size();
    }
}
