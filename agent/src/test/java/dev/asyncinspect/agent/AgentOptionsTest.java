package dev.asyncinspect.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentOptionsTest {

    private final Problems problems = new Problems();

    @Test
    void a_link_alone_keeps_the_usual_patience() {
        assertThat(AgentOptions.parse("link=/tmp/a/1.sock", problems))
                .isEqualTo(new AgentOptions(
                        Path.of("/tmp/a/1.sock"), 10_000, false, 0, null, false, false, false, RecorderSettings.NONE));
        assertThat(problems.take()).isEmpty();
    }

    @Test
    void the_idle_time_can_be_set() {
        assertThat(AgentOptions.parse("idle-millis=500,link=/tmp/a/1.sock", problems))
                .isEqualTo(new AgentOptions(
                        Path.of("/tmp/a/1.sock"), 500, false, 0, null, false, false, false, RecorderSettings.NONE));
        assertThat(problems.take()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "link", "link=", "link=relative/1.sock", "link=/", "link=/tmp/../etc/x", "link=\0"})
    void without_a_usable_link_there_is_nothing_to_serve(String options) {
        assertThat(AgentOptions.parse(options, problems)).isNull();
        assertThat(problems.take()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "3600001", "soon", ""})
    void a_senseless_idle_time_is_told_and_passed_over(String value) {
        AgentOptions options = AgentOptions.parse("link=/tmp/a/1.sock,idle-millis=" + value, problems);

        assertThat(options)
                .isEqualTo(new AgentOptions(
                        Path.of("/tmp/a/1.sock"), 10_000, false, 0, null, false, false, false, RecorderSettings.NONE));
        assertThat(problems.take())
                .containsExactly("agent option idle-millis must be 1 to 3600000: '" + value + "', took 10000");
    }

    @Test
    void a_file_to_record_to_is_looked_for_from_where_the_program_was_started() {
        AgentOptions options = AgentOptions.parse("record,to=/tmp/shop.air", problems);

        assertThat(options).isNotNull();
        assertThat(options.to()).isEqualTo(Path.of("/tmp/shop.air"));
        assertThat(problems.take()).isEmpty();

        AgentOptions here = AgentOptions.parse("record,to=shop.air", problems);
        assertThat(here).isNotNull();
        assertThat(here.to()).isEqualTo(Path.of("shop.air").toAbsolutePath());
        assertThat(problems.take()).isEmpty();

        assertThat(AgentOptions.parse("record,to=/tmp/../shop.air", problems)).isNotNull();
        assertThat(problems.take())
                .containsExactly("agent option to must be an absolute path without '..': '/tmp/../shop.air'");
    }

    @Test
    void problems_are_bounded_and_counted() {
        for (int i = 0; i < 100; i++) {
            problems.add("problem " + i);
        }

        List<String> lines = problems.take();

        assertThat(lines).hasSize(33).endsWith("and 68 problems more");
        assertThat(problems.take()).isEmpty();
    }

    @Test
    void who_is_told_to_record_serves_where_clients_look_and_stays_within_the_memory_that_is_named() {
        AgentOptions options = AgentOptions.parse("record,memory-mb=4,sites,locks,context", problems);

        assertThat(options).isNotNull();
        assertThat(options.record()).isTrue();
        assertThat(options.memoryMegabytes()).isEqualTo(4);
        assertThat(options.sites()).isTrue();
        assertThat(options.locks()).isTrue();
        assertThat(options.context()).isTrue();
        assertThat(options.socket().toString())
                .matches("/tmp/async-inspect-\\d+/" + ProcessHandle.current().pid() + ".sock");
        assertThat(problems.take()).isEmpty();
    }
}
