package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When an agent is loaded into a JVM, and that nobody is surprised by it. */
class AttachTest {

    private final FakeWorld calm = new FakeWorld(Scene.calm().twice());
    private final FakeWorld sick = new FakeWorld(Scene.bank().twice());

    @Test
    void why_loads_an_agent_if_the_dump_proves_nothing_and_says_so_first() {
        calm.attached = Scene.bank().twice();
        assertThat(calm.run("why", "4711")).isEqualTo(1);
        assertThat(calm.attaches).isEqualTo(1);
        assertThat(calm.out.text()).startsWith("[FAIL] Deadlock #1 detected!");
        assertThat(calm.err.text().lines().toList())
                .singleElement()
                .asString()
                .startsWith("async-inspect: the dump does not settle it; loading an agent into process 4711")
                .contains("docs/safety/attach.md", "--no-attach");
    }

    @Test
    void why_loads_none_if_the_dump_proves_a_finding() {
        sick.attached = Scene.calm().twice();
        assertThat(sick.run("why", "4711")).isEqualTo(1);
        assertThat(sick.attaches).isZero();
        assertThat(sick.err.text()).isEmpty();
    }

    @Test
    void no_attach_loads_none_whatever_stays_unseen() {
        calm.attached = Scene.bank().twice();
        assertThat(calm.run("why", "4711", "--no-attach")).isZero();
        assertThat(calm.attaches).isZero();
        assertThat(calm.err.text()).isEmpty();
    }

    @Test
    void a_jvm_that_takes_no_agent_is_told_of_from_its_dump_with_one_line_about_it() {
        assertThat(calm.run("why", "4711")).isZero();
        assertThat(calm.out.text()).startsWith("[ OK ] Nothing wrong found");
        assertThat(calm.err.text().lines().toList()).hasSize(2);
        assertThat(calm.err.text()).endsWith("async-inspect: no closer look: takes no agent\n");
    }

    @Test
    void a_jvm_that_takes_no_agent_is_a_failure_if_one_was_asked_for() {
        assertThat(calm.run("why", "4711", "--attach")).isEqualTo(3);
        assertThat(calm.out.text()).isEmpty();
        assertThat(calm.err.text()).contains("takes no agent").doesNotContain("and more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tasks 4711", "task 4711 1", "graph 4711"})
    void only_why_goes_closer_by_itself(String line) {
        calm.attached = Scene.bank().twice();
        calm.run(line.split(" "));
        assertThat(calm.attaches).isZero();
        calm.run((line + " --attach").split(" "));
        assertThat(calm.attaches).isEqualTo(1);
    }

    @Test
    void monitors_of_virtual_threads_are_read_only_if_asked_for_and_never_without_attaching() {
        calm.attached = Scene.calm().twice();
        assertThat(calm.run("why", "4711", "--attach")).isZero();
        assertThat(calm.sampling.virtualThreadMonitors()).isFalse();
        assertThat(calm.run("why", "4711", "--virtual-thread-monitors")).isZero();
        assertThat(calm.sampling.virtualThreadMonitors()).isTrue();
        assertThat(calm.attaches).isEqualTo(2);
        assertThat(calm.run("why", "4711", "--virtual-thread-monitors", "--no-attach"))
                .isEqualTo(2);
        assertThat(calm.err.text()).contains("--virtual-thread-monitors attaches");
    }

    @Test
    void prove_says_beforehand_what_it_costs() {
        assertThat(sick.run("prove", "4711")).isEqualTo(1);
        assertThat(sick.out.text()).startsWith("[FAIL] Deadlock #1 detected!");
        assertThat(sick.err.text())
                .isEqualTo("async-inspect: process 4711 stands still while its heap is written: about 12 MB\n");
        assertThat(sick.run("prove", "4711", "--json")).isEqualTo(1);
        assertThat(sick.out.text()).contains("\"command\":\"prove\"");
    }

    @Test
    void both_wishes_at_once_are_a_wrong_command_line() {
        assertThat(calm.run("why", "4711", "--attach", "--no-attach")).isEqualTo(2);
        assertThat(calm.err.text()).contains("mutually exclusive");
        assertThat(calm.attaches).isZero();
    }

    @Test
    void files_are_never_a_reason_to_load_an_agent() {
        assertThat(calm.run("why", "--file", "dump.txt")).isZero();
        assertThat(calm.attaches).isZero();
    }
}
