package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.History;
import dev.asyncinspect.sources.LiveJvms;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AheadOfAnswerTest {

    @Test
    void what_is_rehearsed_has_a_finding_an_await_site_and_a_closer_look() {
        History history = Objects.requireNonNull(LiveJvms.rehearsal());

        assertThat(Diagnosis.of(history).findings()).isNotEmpty();
        assertThat(history.latest().tasks()).hasSize(4);
        assertThat(history.snapshots()).hasSize(2);
    }
}
