package dev.asyncinspect.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.agent.rows.RowSink;
import dev.asyncinspect.agent.rows.RowSource;
import dev.asyncinspect.core.rows.Row;
import dev.asyncinspect.core.wire.Hello;
import dev.asyncinspect.core.wire.SampleRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EndpointTest {

    private static final SampleRequest ALL = new SampleRequest(1_000_000, true, 100);
    private static final long LONG = EndpointUnderTest.LONG_NANOS;
    private static final long SHORT = Duration.ofMillis(100).toNanos();
    private static final Endpoint.Patience PATIENT = EndpointUnderTest.PATIENT;

    @TempDir
    Path parent;

    private EndpointUnderTest served;
    private Path folder;
    private Path link;

    @BeforeEach
    void name() {
        served = new EndpointUnderTest(parent);
        folder = served.folder;
        link = served.link;
    }

    @AfterEach
    void leave() throws Exception {
        served.leave();
    }

    @Test
    void a_client_is_told_who_we_are_and_gets_a_sample_for_each_order() throws IOException {
        served.start(PATIENT, () -> (request, sink) -> sink.accept(new Row.ObjectSeen(1, "Lock")));

        try (TestClient client = TestClient.connect(link)) {
            Hello hello = client.hello();
            assertThat(hello.pid()).isEqualTo(ProcessHandle.current().pid());
            assertThat(hello.jvmVersion()).isEqualTo(System.getProperty("java.vm.version"));

            for (int sample = 1; sample <= 3; sample++) {
                Row.End end = client.takeSample(ALL);

                assertThat(end.sample()).isEqualTo(sample);
                assertThat(client.rows).hasSize(3).element(1).isEqualTo(new Row.ObjectSeen(1, "Lock"));
                assertThat(client.rows.get(0))
                        .isInstanceOfSatisfying(
                                Row.Begin.class,
                                begin -> assertThat(begin.sample()).isEqualTo(end.sample()));
            }
        }
    }

    @Test
    void rows_beyond_the_cap_are_counted_and_their_threads_too() throws IOException {
        served.start(PATIENT, () -> (request, sink) -> {
            for (int i = 1; i <= 10; i++) {
                boolean taken = sink.accept(threadNamed("t" + i, i));
                assertThat(taken).isEqualTo(i <= 4);
            }
        });

        try (TestClient client = TestClient.connect(link)) {
            client.hello();
            Row.End end = client.takeSample(new SampleRequest(4, false, 1));

            assertThat(end.threads()).isEqualTo(10);
            assertThat(end.droppedRows()).isEqualTo(6);
            assertThat(client.rows).hasSize(2 + 4);
            assertThat(client.problems).isEmpty();
        }
    }

    @Test
    void a_reader_that_fails_says_so_in_its_sample_and_the_next_sample_is_taken() throws IOException {
        served.start(PATIENT, () -> new RowSource() {
            private boolean failed;

            @Override
            public void sample(SampleRequest request, RowSink sink) {
                if (!failed) {
                    failed = true;
                    throw new StackOverflowError("too\ndeep");
                }
                sink.accept(new Row.ObjectSeen(1, "Lock"));
            }
        });

        try (TestClient client = TestClient.connect(link)) {
            client.hello();
            client.takeSample(ALL);
            assertThat(client.rows)
                    .hasSize(3)
                    .element(1)
                    .isEqualTo(new Row.NotSeen("the rest of this sample", "java.lang.StackOverflowError: too"));

            client.takeSample(ALL);
            assertThat(client.rows).hasSize(3).element(1).isEqualTo(new Row.ObjectSeen(1, "Lock"));
        }
    }

    @Test
    void a_reader_that_cannot_be_opened_is_told_to_the_client() throws IOException {
        served.start(PATIENT, () -> {
            throw new IllegalStateException("no such field");
        });

        try (TestClient client = TestClient.connect(link)) {
            client.hello();
            client.takeSample(ALL);

            assertThat(client.rows)
                    .contains(
                            new Row.NotSeen("anything in this JVM", "java.lang.IllegalStateException: no such field"));
        }
    }

    @Test
    void detach_removes_socket_and_folder_before_the_client_is_let_go() throws Exception {
        served.start(PATIENT, () -> (request, sink) -> {});

        try (TestClient client = TestClient.connect(link)) {
            client.hello();
            assertThat(link).exists();
            client.sendDetach();

            assertThat(folder).doesNotExist();
        }
        served.join();
    }

    @Test
    void a_folder_that_others_use_too_stays() throws Exception {
        served.start(PATIENT, () -> (request, sink) -> {});

        try (TestClient client = TestClient.connect(link)) {
            client.hello();
            Path other = Files.createFile(folder.resolve("2.sock"));
            client.sendDetach();

            assertThat(other).exists();
            assertThat(link).doesNotExist();
        }
        served.join();
    }

    @Test
    void without_a_client_the_agent_leaves_by_itself() throws Exception {
        served.start("link=" + link + ",idle-millis=1", PATIENT, () -> (request, sink) -> {});

        served.join();

        assertThat(folder).doesNotExist();
    }

    @Test
    void a_client_that_does_not_read_is_dropped_and_the_next_one_told() throws Exception {
        CountDownLatch gaveUp = new CountDownLatch(1);
        served.start(new Endpoint.Patience(SHORT, LONG), () -> (request, sink) -> {
            while (sink.accept(new Row.NotSeen("x".repeat(1_000), "y"))) {
                // until the client is given up
            }
            gaveUp.countDown();
        });

        try (TestClient slow = TestClient.connect(link)) {
            slow.hello();
            slow.order(new SampleRequest(Integer.MAX_VALUE, false, 1));
            gaveUp.await();
        }
        try (TestClient next = TestClient.connect(link)) {
            next.hello();
            next.takeSample(new SampleRequest(1, false, 1));

            assertThat(next.problems).hasSize(1);
            assertThat(next.problems.get(0))
                    .startsWith("a client was dropped: java.io.IOException: client lost in a sample after ");
        }
    }

    @Test
    void a_client_that_goes_away_in_a_sample_harms_nobody() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        served.start(PATIENT, () -> (request, sink) -> {
            began.countDown();
            awaitUninterrupted(gone);
            sink.accept(new Row.ObjectSeen(1, "Lock"));
        });

        try (TestClient client = TestClient.connect(link)) {
            client.hello();
            client.order(ALL);
            began.await();
        }
        gone.countDown();
        try (TestClient next = TestClient.connect(link)) {
            next.hello();
            assertThat(next.takeSample(ALL).droppedRows()).isZero();
        }
    }

    @Test
    void a_client_that_says_nothing_is_let_go() throws IOException {
        served.start(new Endpoint.Patience(LONG, SHORT), () -> (request, sink) -> {});

        try (TestClient silent = TestClient.connect(link)) {
            silent.hello();
            silent.readToTheEnd();
        }
        try (TestClient next = TestClient.connect(link)) {
            next.hello();
            next.takeSample(ALL);
            assertThat(next.problems).hasSize(1);
            assertThat(next.problems.get(0)).contains("did not go on in time");
        }
    }

    @Test
    void a_client_that_talks_nonsense_is_dropped_and_the_next_one_served() throws IOException {
        served.start(PATIENT, () -> (request, sink) -> {});

        try (TestClient confused = TestClient.connect(link)) {
            confused.hello();
            confused.channel
                    .output()
                    .write("\u00ff\u00ff\u00ff GET / HTTP/1.1\r\n".getBytes(StandardCharsets.ISO_8859_1));
            confused.readToTheEnd();
        } catch (IOException e) {
            assertThat(e).as("we may write while the agent hangs up").hasMessageContaining("reset");
        }
        try (TestClient next = TestClient.connect(link)) {
            next.hello();
            next.takeSample(ALL);
            assertThat(next.problems).hasSize(1);
            assertThat(next.problems.get(0)).contains("WireException");
        }
    }

    @Test
    void a_socket_left_by_a_dead_jvm_is_replaced() throws IOException {
        Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createFile(link);
        served.start(PATIENT, () -> (request, sink) -> {});

        // The file is no socket, so connecting to it fails until the agent has put its own there.
        try (TestClient client = TestClient.connect(link)) {
            assertThat(client.hello().pid()).isPositive();
        }
    }

    @Test
    void a_second_endpoint_on_the_same_socket_leaves_the_first_alone() throws Exception {
        served.start(PATIENT, () -> (request, sink) -> {});
        try (TestClient client = TestClient.connect(link)) {
            client.hello();
            Endpoint second = EndpointUnderTest.endpoint("link=" + link, () -> (request, sink) -> {}, PATIENT);

            second.run();

            assertThat(second.isLeaving()).isTrue();
            assertThat(client.takeSample(ALL).sample()).isEqualTo(1);
        }
        try (TestClient next = TestClient.connect(link)) {
            assertThat(next.hello().pid()).isPositive();
        }
    }

    @Test
    void in_a_folder_open_to_others_nothing_is_served() throws Exception {
        Files.createDirectory(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

        served.start(PATIENT, () -> (request, sink) -> {});
        served.join();

        assertThat(link).doesNotExist();
        assertThat(folder).exists();
    }

    @Test
    void a_senseless_option_is_told_over_the_link() throws IOException {
        served.start("link=" + link + ",colour=blue", PATIENT, () -> (request, sink) -> {});

        try (TestClient client = TestClient.connect(link)) {
            client.hello();
            client.takeSample(ALL);

            assertThat(client.problems)
                    .containsExactly(
                            "unknown agent option 'colour=blue': known are link, idle-millis, record, memory-mb, to,"
                                    + " sites, locks, context, mode, sample, max-tasks, awaits and overhead");
        }
    }

    private static Row threadNamed(String name, long id) {
        return new Row.ThreadSeen(id, name, false, false, "RUNNABLE", 0, 0, 0, 0);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
