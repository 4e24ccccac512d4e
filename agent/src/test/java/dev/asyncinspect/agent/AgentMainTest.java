package dev.asyncinspect.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.rows.Row;
import dev.asyncinspect.core.wire.SampleRequest;
import dev.asyncinspect.testkit.OwnInstrumentation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AgentMainTest {

    @TempDir
    Path parent;

    private String options;
    private Path link;

    @BeforeEach
    void name() {
        link = parent.resolve("folder").resolve("1.sock");
        options = "link=" + link;
    }

    @Test
    void loaded_twice_it_runs_once_on_a_thread_tied_to_nothing() throws Exception {
        start(options);
        try (TestClient client = TestClient.connect(link)) {
            client.hello();

            start(options);

            assertThat(linkThreads()).hasSize(1);
            Thread thread = linkThreads().get(0);
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getContextClassLoader()).isNull();
            assertThat(thread.getThreadGroup().getParent()).isNull();
            client.sendDetach();
            thread.join();
        }
    }

    @Test
    void after_it_left_it_can_be_loaded_again() throws Exception {
        for (int round = 0; round < 3; round++) {
            start(options);
            try (TestClient client = TestClient.connect(link)) {
                client.hello();
                List<Thread> threads = linkThreads();
                client.sendDetach();
                threads.get(0).join();
            }
        }
        assertThat(linkThreads()).isEmpty();
    }

    @Test
    void without_options_nothing_runs() {
        start("");

        assertThat(linkThreads()).isEmpty();
    }

    @Test
    void platform_threads_arrive_with_their_stacks() throws Exception {
        start(options);
        try (TestClient client = TestClient.connect(link)) {
            client.hello();
            Row.End end = client.takeSample(new SampleRequest(100_000, true, 3));

            Row.ThreadSeen self = thread(client, Thread.currentThread().getId());
            assertThat(self.name()).isEqualTo(Thread.currentThread().getName());
            assertThat(stack(client, self.stackId())).hasSizeBetween(1, 3);
            assertThat(end.threads()).isGreaterThan(1);
            assertThat(client.rows.stream().filter(Row.ThreadSeen.class::isInstance))
                    .noneMatch(row -> ((Row.ThreadSeen) row).name().equals(LinkThread.NAME));
            List<Thread> threads = linkThreads();
            client.sendDetach();
            threads.get(0).join();
        }
    }

    @Test
    void stacks_are_not_read_unless_asked_for() throws Exception {
        start(options);
        try (TestClient client = TestClient.connect(link)) {
            client.hello();
            client.takeSample(new SampleRequest(100_000, false, 1));

            assertThat(client.rows).noneMatch(Row.Stack.class::isInstance);
            List<Thread> threads = linkThreads();
            client.sendDetach();
            threads.get(0).join();
        }
    }

    private static Row.ThreadSeen thread(TestClient client, long id) {
        return client.rows.stream()
                .filter(Row.ThreadSeen.class::isInstance)
                .map(Row.ThreadSeen.class::cast)
                .filter(row -> row.threadId() == id)
                .findFirst()
                .orElseThrow();
    }

    private static List<StackTraceElement> stack(TestClient client, int id) throws IOException {
        return client.rows.stream()
                .filter(Row.Stack.class::isInstance)
                .map(Row.Stack.class::cast)
                .filter(row -> row.stackId() == id)
                .findFirst()
                .orElseThrow(() -> new IOException("no stack " + id))
                .frames();
    }

    private static void start(String options) {
        AgentMain.start(options, OwnInstrumentation.get());
    }

    private static List<Thread> linkThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(LinkThread.NAME))
                .toList();
    }
}
