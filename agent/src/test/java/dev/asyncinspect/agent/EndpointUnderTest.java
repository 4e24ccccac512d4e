package dev.asyncinspect.agent;

import dev.asyncinspect.agent.recording.Recording;
import dev.asyncinspect.agent.rows.RowSource;
import dev.asyncinspect.testkit.OwnInstrumentation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An endpoint with a folder and a thread of its own. */
final class EndpointUnderTest {

    static final long LONG_NANOS = Duration.ofSeconds(50).toNanos();
    static final Endpoint.Patience PATIENT = new Endpoint.Patience(LONG_NANOS, LONG_NANOS);

    final Path folder;
    final Path link;
    private @Nullable Thread thread;

    /** One that does not run yet; its folder is made by itself, in this one. */
    EndpointUnderTest(Path parent) {
        folder = parent.resolve("async-inspect-test");
        link = folder.resolve("1.sock");
    }

    /** With an agent that waits long for its first client. */
    Endpoint start(Endpoint.Patience patience, Supplier<RowSource> rows) {
        return start("link=" + link + ",idle-millis=50000", patience, rows);
    }

    Endpoint start(String options, Endpoint.Patience patience, Supplier<RowSource> rows) {
        Endpoint endpoint = endpoint(options, rows, patience);
        Thread serving = new Thread(endpoint, "endpoint under test");
        thread = serving;
        serving.start();
        return endpoint;
    }

    /** Waits until it has left by itself. */
    void join() throws InterruptedException {
        Objects.requireNonNull(thread, "not started").join();
    }

    /** Lets it go, unless it has gone. */
    void leave() throws Exception {
        if (thread != null && thread.isAlive()) {
            try (TestClient client = TestClient.connect(link)) {
                client.hello();
                client.sendDetach();
            }
            join();
        }
    }

    /** One that nobody runs. */
    static Endpoint endpoint(String options, Supplier<RowSource> rows, Endpoint.Patience patience) {
        Problems problems = new Problems();
        AgentOptions parsed = Objects.requireNonNull(AgentOptions.parse(options, problems));
        Recording recording = new Recording(OwnInstrumentation.get(), null);
        return new Endpoint(parsed, rows, recording, problems, ended -> {}, patience);
    }
}
