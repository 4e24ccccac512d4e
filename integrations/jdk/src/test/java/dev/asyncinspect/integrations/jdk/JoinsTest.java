package dev.asyncinspect.integrations.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.recorder.Recorder;
import org.junit.jupiter.api.Test;

class JoinsTest {

    private static final int PLACES = 4096;

    private final Joins joins = new Joins(Recorder.createForNobody());
    private final long me = Thread.currentThread().threadId();

    @Test
    void a_thread_is_joining_from_when_it_begins_to_when_it_ends_and_no_other_is() {
        joins.begins(new Thread());
        assertThat(joins.isJoining(me)).isTrue();
        assertThat(joins.isJoining(me + 1)).isFalse();
        assertThat(joins.isJoining(me + PLACES)).as("one with the same place").isFalse();
        joins.ends();
        assertThat(joins.isJoining(me)).isFalse();
    }

    @Test
    void what_a_thread_of_the_program_counts_down_is_no_end_of_a_thread() {
        assertThat(Joins.isEnd()).isFalse();
    }
}
