package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.CodeSite;
import org.junit.jupiter.api.Test;

class LabelsTest {

    @Test
    void what_was_there_before_the_recording_was_not_created_at_that() {
        assertThat(Labels.created(CodeSite.of("before the recording"))).isEqualTo("created before the recording");
        assertThat(Labels.created(CodeSite.of("shop.Orders.accept(Orders.java:21)")))
                .isEqualTo("created at shop.Orders.accept(Orders.java:21)");
    }
}
