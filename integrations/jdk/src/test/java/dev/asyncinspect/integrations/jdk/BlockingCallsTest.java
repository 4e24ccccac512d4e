package dev.asyncinspect.integrations.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is told of calls that block in native code or by a park that does not say what it means. */
@Timeout(300)
class BlockingCallsTest {

    @RegisterExtension
    final Recorded recorded = new Recorded();

    @Test
    @SuppressWarnings({"WaitNotInLoop", "NakedNotify"}) // it is told of the call, whatever it is for
    void a_thread_that_waits_for_a_monitor_to_be_notified_is_blocked_until_then() throws Exception {
        Object monitor = new Object();
        for (boolean virtual : new boolean[] {false, true}) {
            FutureTask<Void> task = task(() -> {
                synchronized (monitor) {
                    monitor.wait();
                    monitor.wait(1);
                    Thread.currentThread().interrupt();
                    monitor.wait(60_000);
                }
            });
            Thread waiting = virtual ? Thread.startVirtualThread(task) : start(task);
            while (waiting.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            synchronized (monitor) {
                monitor.notifyAll();
            }
            waiting.join();

            assertThat(awaits(waiting))
                    .containsExactly(
                            "java.lang.Object.wait of java.lang.Object",
                            "end",
                            "java.lang.Object.wait of java.lang.Object timed",
                            "end",
                            "java.lang.Object.wait of java.lang.Object timed",
                            "end");
        }
    }

    @Test
    void who_waits_for_the_end_of_a_thread_is_blocked_and_linked_to_it() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        Thread other = start(task(latch::await));
        Thread joining = start(task(other::join));
        while (joining.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        latch.countDown();
        joining.join();

        assertThat(awaits(joining)).startsWith("java.lang.Thread.join", "end");
        assertThat(recorded.all())
                .anyMatch(event -> event instanceof Event.Linked link
                        && link.how() == EventCodes.AWAITS
                        && link.taskId() == joining.threadId()
                        && link.otherId() == other.threadId());
    }

    @Test
    void who_waits_for_the_end_of_a_virtual_thread_is_told_by_the_join_and_for_whom() throws Exception {
        for (boolean virtual : new boolean[] {false, true}) {
            CountDownLatch latch = new CountDownLatch(1);
            Thread other = Thread.ofVirtual().name("pricer").start(task(latch::await));
            FutureTask<Void> task = task(other::join);
            Thread joining = virtual ? Thread.startVirtualThread(task) : start(task);
            while (joining.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            latch.countDown();
            joining.join();

            assertThat(labels(joining)).contains("java.lang.Thread.join").noneMatch(label -> label.contains("Latch"));
            assertThat(recorded.all())
                    .as("what has the number of a thread needs no other, and its end is no signal")
                    .noneMatch(event -> event instanceof Event.AwaitStart start
                            && start.taskId() == joining.threadId()
                            && start.resourceId() != 0)
                    .noneMatch(event -> event instanceof Event.Released signal
                            && signal.taskId() != Thread.currentThread().threadId()
                            && isLatch(signal.resourceId()));
            assertThat(recorded.all())
                    .anyMatch(event -> event instanceof Event.Linked link
                            && link.how() == EventCodes.AWAITS
                            && link.taskId() == joining.threadId()
                            && link.otherId() == other.threadId());
        }
    }

    /** What JUnit does beside us, who watches the time, signals conditions. */
    private boolean isLatch(long resourceId) {
        return recorded.all().stream()
                .anyMatch(event -> event instanceof Event.ResourceNamed resource
                        && resource.resourceId() == resourceId
                        && resource.kind() == EventCodes.LATCH);
    }

    @Test
    void who_accepts_connects_or_reads_is_blocked_as_long_as_that_takes() throws Exception {
        for (boolean virtual : new boolean[] {false, true}) {
            try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                FutureTask<Void> task = task(() -> {
                    try (Socket socket = server.accept()) {
                        assertThat(socket.getInputStream().read()).isEqualTo(7);
                        assertThat(socket.getInputStream().read()).isEqualTo(-1);
                    }
                });
                Thread waiting = virtual ? Thread.ofVirtual().unstarted(task) : new Thread(task);
                waiting.start();
                awaitTold(waiting, "java.net.ServerSocket.accept");
                Thread me = Thread.currentThread();
                try (Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
                    awaitTold(waiting, "java.net.Socket.read");
                    socket.getOutputStream().write(7);
                }
                waiting.join();
                task.get();

                List<String> told = awaits(waiting);
                assertThat(told).startsWith("java.net.ServerSocket.accept", "end", "java.net.Socket.read", "end");
                assertThat(told).filteredOn("end"::equals).hasSize(told.size() / 2);
                assertThat(awaits(me)).contains("java.net.Socket.connect");
            }
        }
    }

    @Test
    @SuppressWarnings("try") // closed in between, which is what makes it fail
    void a_read_that_fails_is_over() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
            Thread reading = start(task(() -> socket.getInputStream().read()));
            awaitTold(reading, "java.net.Socket.read");
            socket.close();
            reading.join();

            assertThat(awaits(reading)).startsWith("java.net.Socket.read", "end");
        }
    }

    @Test
    void a_selector_is_waited_for_unless_it_is_only_asked() throws Exception {
        try (Selector selector = Selector.open()) {
            Thread selecting = start(task(() -> {
                selector.selectNow();
                selector.select();
                selector.select(1);
            }));
            awaitTold(selecting, "java.nio.channels.Selector.select");
            selector.wakeup();
            selecting.join();

            assertThat(awaits(selecting))
                    .containsExactly(
                            "java.nio.channels.Selector.select",
                            "end",
                            "java.nio.channels.Selector.select timed",
                            "end");
        }
    }

    @Test
    void who_sends_a_request_waits_for_that_host() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.countDown();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            String host = "localhost:" + server.getAddress().getPort();
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + host + "/price"))
                    .build();
            HttpClient client = HttpClient.newHttpClient();
            Thread sending = start(task(() -> client.send(request, HttpResponse.BodyHandlers.discarding())));
            sending.join();
            asked.await();

            assertThat(awaits(sending))
                    .startsWith("java.net.http.HttpClient.send to " + host)
                    .endsWith("end");
        } finally {
            server.stop(0);
        }
    }

    /** Waits until a thread was seen to begin this. */
    private void awaitTold(Thread thread, String label) {
        while (!awaits(thread).contains(label)) {
            Thread.onSpinWait();
        }
    }

    /** What a thread was told to wait by, whether by an await or by the end of a poll. */
    private List<String> labels(Thread thread) {
        List<String> told = new ArrayList<>();
        for (Event event : recorded.all()) {
            if (event instanceof Event.AwaitStart start && start.taskId() == thread.threadId()) {
                told.add(recorded.text(start.label()));
            } else if (event instanceof Event.PollEnd end && end.taskId() == thread.threadId()) {
                told.add(recorded.text(end.label()));
            }
        }
        return told;
    }

    private List<String> awaits(Thread thread) {
        List<String> told = new ArrayList<>();
        for (Event event : recorded.all()) {
            if (event instanceof Event.AwaitStart start && start.taskId() == thread.threadId()) {
                told.add(recorded.text(start.label())
                        + name(start.resourceId())
                        + ((start.flags() & EventCodes.AWAIT_TIMED) == 0 ? "" : " timed"));
            } else if (event instanceof Event.AwaitEnd end && end.taskId() == thread.threadId()) {
                told.add("end");
            }
        }
        return told;
    }

    private String name(long resourceId) {
        for (Event event : recorded.all()) {
            if (event instanceof Event.ResourceNamed named && named.resourceId() == resourceId) {
                return " of " + recorded.text(named.name());
            }
        }
        return "";
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task);
        thread.start();
        return thread;
    }

    /** What a thread does; interruptions and failures end it. */
    private interface Doing {
        void run() throws InterruptedException, IOException;
    }

    private static FutureTask<Void> task(Doing doing) {
        Callable<Void> call = () -> {
            doing.run();
            return null;
        };
        return new FutureTask<>(call);
    }
}
