package dev.asyncinspect.sources;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncinspect.core.rows.Row;
import dev.asyncinspect.core.wire.Hello;
import dev.asyncinspect.core.wire.Release;
import dev.asyncinspect.core.wire.SampleRequest;
import dev.asyncinspect.core.wire.WireWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client makes of agents that are not its own. The process they stand for is a plain one that just waits. */
@Timeout(60)
class AttachLinkStrangersTest {

    private static final AttachLink.Settings SETTINGS =
            new AttachLink.Settings(Path.of("missing.jar"), Duration.ofSeconds(20), Duration.ofSeconds(1));

    private Process process;
    private JvmProcess jvm;

    @BeforeEach
    void startSomeProcess() throws IOException {
        process = new ProcessBuilder("cat").start(); // waits for its stdin
        jvm = new JvmProcess(process.pid(), "cat", "", null, null);
    }

    @AfterEach
    void end() {
        process.destroyForcibly().onExit().join();
    }

    @Test
    void an_agent_of_another_release_is_left_to_its_own_clients() throws IOException {
        Hello hello = new Hello(1, "0.0.1", process.pid(), "17", List.of());

        assertOpeningFails(
                hello,
                "process " + process.pid() + " has an agent of async-inspect 0.0.1, we are " + Release.version()
                        + ": it leaves by itself a while after its last client, try again then");
    }

    @Test
    void an_agent_of_a_newer_wire_version_names_the_release_to_use() throws IOException {
        Hello hello = new Hello(2, "9.0.0", process.pid(), "17", List.of());

        assertOpeningFails(
                hello,
                "process " + process.pid()
                        + ": the agent is of async-inspect 9.0.0 and speaks wire version 2, we speak 1: use async-inspect 9.0.0");
    }

    @Test
    void an_agent_of_another_process_is_refused() throws IOException {
        Hello hello = new Hello(1, Release.version(), process.pid() + 1, "17", List.of());

        assertOpeningFails(
                hello,
                "process " + process.pid() + " is not who answers at "
                        + AgentSocket.of(process.pid()).here() + ": that is process " + (process.pid() + 1));
    }

    @Test
    void who_speaks_another_protocol_is_no_agent() throws IOException {
        try (FakeAgent agent = FakeAgent.at(
                AgentSocket.of(process.pid()),
                "HTTP/1.1 200 OK\r\n\r\n".repeat(9).getBytes(UTF_8))) {
            assertThat(agent).isNotNull();
            assertThatThrownBy(() -> AttachLink.open(jvm, SETTINGS))
                    .isInstanceOf(SourceException.class)
                    .hasMessage("process " + process.pid() + ": the other side is no async-inspect agent");
        }
    }

    @Test
    void an_agent_that_leaves_before_its_hello_is_loaded_again() throws IOException {
        try (FakeAgent agent = FakeAgent.at(AgentSocket.of(process.pid()), new byte[0])) {
            assertThat(agent).isNotNull();
            // There is no such jar: that loading was tried is told by how it failed.
            assertThatThrownBy(() -> AttachLink.open(jvm, SETTINGS))
                    .isInstanceOf(SourceException.class)
                    .hasMessage("the jar with the agent cannot be read: missing.jar");
        }
    }

    @Test
    void a_sample_that_never_ends_is_cut_at_the_rows_asked_for() throws Exception {
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        WireWriter writer = greeting(words);
        for (int i = 0; i < 1_000; i++) {
            writer.row(new Row.ObjectSeen(i, "Lock"));
        }
        writer.flush();

        assertSampleFails(
                words,
                "process " + process.pid() + " broke off a sample: the agent sends more than the 10 rows asked for");
    }

    @Test
    void a_sample_that_breaks_off_is_no_sample() throws Exception {
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        WireWriter writer = greeting(words);
        writer.row(new Row.Begin(1, 0));
        writer.flush();

        assertSampleFails(words, "process " + process.pid() + " broke off a sample: the agent left");
    }

    @Test
    void garbage_in_a_sample_is_one_line() throws Exception {
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        greeting(words).flush();
        words.writeBytes(new byte[] {0, 0, 0});

        assertSampleFails(words, "process " + process.pid() + " broke off a sample: a frame of 0 octets, limit 65536");
    }

    private WireWriter greeting(ByteArrayOutputStream words) throws IOException {
        WireWriter writer = new WireWriter(words);
        writer.hello(Hello.ofThisRelease(process.pid(), "17", List.of()));
        return writer;
    }

    private void assertOpeningFails(Hello hello, String message) throws IOException {
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        WireWriter writer = new WireWriter(words);
        writer.hello(hello);
        writer.flush();
        try (FakeAgent agent = FakeAgent.at(AgentSocket.of(process.pid()), words.toByteArray())) {
            assertThat(agent).isNotNull();
            assertThatThrownBy(() -> AttachLink.open(jvm, SETTINGS))
                    .isInstanceOf(SourceException.class)
                    .hasMessage(message);
        }
    }

    private void assertSampleFails(ByteArrayOutputStream words, String message) throws Exception {
        try (FakeAgent agent = FakeAgent.at(AgentSocket.of(process.pid()), words.toByteArray());
                AttachLink link = AttachLink.open(jvm, SETTINGS)) {
            assertThat(agent).isNotNull();
            assertThatThrownBy(() -> link.sample(new SampleRequest(10, true, 10), new KeptRows()))
                    .isInstanceOf(SourceException.class)
                    .hasMessage(message);
        }
    }
}
