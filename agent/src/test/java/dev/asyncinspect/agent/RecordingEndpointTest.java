package dev.asyncinspect.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.wire.RecordingMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a client orders of the recorder of a JVM. */
@Timeout(60)
class RecordingEndpointTest {

    @TempDir
    Path parent;

    private EndpointUnderTest served;

    @BeforeEach
    void name() {
        served = new EndpointUnderTest(parent);
    }

    @AfterEach
    void leave() throws Exception {
        served.leave();
    }

    @Test
    void a_client_starts_the_recording_takes_events_and_the_hook_table_and_stops_it() throws Exception {
        served.start(EndpointUnderTest.PATIENT, () -> (request, sink) -> {});

        try (TestClient client = TestClient.connect(served.link)) {
            assertThat(client.hello().capabilities()).contains("record");
            assertThat(client.ask(new RecordingMessage.Control(true), RecordingMessage.State.class)
                            .on())
                    .isTrue();
            Thread recorded = new Thread(() -> {}, "recorded by the test");
            recorded.start();
            recorded.join();

            EventSeen seen = new EventSeen(client);
            seen.until(recorded.getId());
            client.ask(new RecordingMessage.AskState(), RecordingMessage.State.class);
            assertThat(client.recording)
                    .filteredOn(RecordingMessage.HookLine.class::isInstance)
                    .isNotEmpty()
                    .allMatch(line -> ((RecordingMessage.HookLine) line).failures() == 0)
                    .anyMatch(line -> ((RecordingMessage.HookLine) line).name().equals("thread.started")
                            && ((RecordingMessage.HookLine) line).status().equals("ON"));
            RecordingMessage.State stopped =
                    client.ask(new RecordingMessage.Control(false), RecordingMessage.State.class);
            assertThat(stopped.on()).isFalse();
            assertThat(stopped.detail()).as("what could not be restored").isEmpty();
            assertThat(stopped.events()).isPositive();
        }
    }

    @Test
    void an_order_says_how_much_is_recorded_and_what_is_wrong_with_it_is_told() throws Exception {
        served.start(EndpointUnderTest.PATIENT, () -> (request, sink) -> {});

        try (TestClient client = TestClient.connect(served.link)) {
            assertThat(client.hello().capabilities()).contains("record-settings");
            RecordingMessage.State state = client.ask(
                    new RecordingMessage.Control(true, false, false, false, "mode=debug,sample=7,awaits=maybe"),
                    RecordingMessage.State.class);
            assertThat(state.settings())
                    .isEqualTo("mode debug, one task in 7, awaits on, sites on, 64 MB of last events");
            assertThat(client.problems).containsExactly("agent option awaits must be on or off: 'maybe', passed over");
            client.ask(new RecordingMessage.Control(false), RecordingMessage.State.class);
        }
    }

    @Test
    void while_it_records_detach_does_not_make_it_leave() throws Exception {
        served.start(
                "link=" + served.link + ",idle-millis=5000", EndpointUnderTest.PATIENT, () -> (request, sink) -> {});
        try (TestClient client = TestClient.connect(served.link)) {
            client.hello();
            client.ask(new RecordingMessage.Control(true), RecordingMessage.State.class);
            client.sendDetach();
        }

        try (TestClient client = TestClient.connect(served.link)) {
            client.hello();
            assertThat(client.ask(new RecordingMessage.AskState(), RecordingMessage.State.class)
                            .on())
                    .isTrue();
            client.ask(new RecordingMessage.Control(false), RecordingMessage.State.class);
            client.sendDetach();
        }
        served.join();
        assertThat(Files.exists(served.link)).isFalse();
    }
}
