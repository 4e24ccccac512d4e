package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncedRecordingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java\0-javaagent:/opt/async-inspect.jar=record\0-jar\0app.jar",
                "java\0-javaagent:async-inspect.jar=context,record,to=/tmp/run.air\0Main",
                "HOME=/\0JAVA_TOOL_OPTIONS=-Xmx1g -javaagent:/opt/async-inspect.jar=record -Dx=y\0PATH=/bin",
                "JDK_JAVA_OPTIONS=-javaagent:/opt/async-inspect.jar=record"
            })
    void options_that_ask_for_a_recording_are_found(String options) {
        assertThat(AnnouncedRecording.isIn(options)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java\0-jar\0app.jar\0record",
                "java\0-javaagent:/opt/async-inspect.jar\0-jar\0record.jar",
                "java\0-javaagent:/opt/other.jar=recorder\0Main",
                "java\0-javaagent:/opt/async-inspect.jar=memory-mb=3\0record\0"
            })
    void other_options_ask_for_none(String options) {
        assertThat(AnnouncedRecording.isIn(options)).isFalse();
    }

    @Test
    void a_process_that_has_just_started_with_such_an_option_is_expected_to_record_and_another_is_not()
            throws IOException, InterruptedException {
        assertThat(isExpected("-javaagent:none.jar=record")).isTrue();
        assertThat(isExpected("-javaagent:none.jar=link=none")).isFalse();
    }

    /** Asks while it lives; it ends with its input. */
    private static boolean isExpected(String option) throws IOException, InterruptedException {
        ProcessBuilder command = new ProcessBuilder("cat");
        command.environment().put("JAVA_TOOL_OPTIONS", option);
        Process process = command.start();
        try (var input = process.outputWriter()) {
            input.write("x\n");
            input.flush();
            process.inputReader().readLine(); // it is cat now, no longer a copy of us
            return AnnouncedRecording.isExpected(process.pid());
        } finally {
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }
}
