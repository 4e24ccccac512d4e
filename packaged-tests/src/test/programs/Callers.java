import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Tasks that wait for the answer of a server, in the pool that their HttpClient runs on. {@code sick}: all threads of the pool do, and
 * what the answer needs lies in its queue. {@code healthy}: one thread is left, or the answer is still on its way, or there is a timeout.
 */
public class Callers {

    interface State {
        boolean isReached();
    }

    static final int CALLS = 2;

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("sick")) {
            sends();
            joins("joins", CALLS, false).answer();
            until(() -> isStepQueued("joins"));
        } else {
            joins("spare", CALLS + 1, false);
            joins("early", CALLS, false);
            joins("timed", CALLS, true).answer();
            until(() -> isStepQueued("timed"));
        }
        System.out.println("ready");
    }

    /** All wait for answers that they have not yet asked for. */
    private static void sends() throws Exception {
        Inn inn = new Inn();
        Crew crew = new Crew("sends", CALLS);
        HttpClient client = HttpClient.newBuilder().executor(crew).build();
        CyclicBarrier together = new CyclicBarrier(CALLS);
        for (int i = 0; i < CALLS; i++) {
            crew.submit(() -> {
                together.await();
                return client.send(inn.request(), HttpResponse.BodyHandlers.ofString());
            });
        }
        until(() -> crew.waiting() == CALLS && crew.getQueue().size() == CALLS);
    }

    /** All wait for one answer that was asked for before. */
    private static Inn joins(String name, int threads, boolean timed) throws Exception {
        Inn inn = new Inn();
        Crew crew = new Crew(name, threads);
        HttpClient client = HttpClient.newBuilder().executor(crew).build();
        CompletableFuture<String> answer = client.sendAsync(inn.request(), HttpResponse.BodyHandlers.ofString())
                .thenApply(HttpResponse::body);
        until(() -> !inn.asked.isEmpty());
        CompletableFuture<String> awaited = timed ? answer.orTimeout(1, TimeUnit.HOURS) : answer;
        for (int i = 0; i < CALLS; i++) {
            crew.submit(() -> awaited.join());
        }
        until(() -> crew.waiting() == CALLS);
        return inn;
    }

    private static boolean isStepQueued(String crew) {
        return Crew.all.stream()
                .filter(each -> each.name.equals(crew))
                .flatMap(each -> each.getQueue().stream())
                .anyMatch(work -> work.getClass().getName().endsWith("SchedulableTask"));
    }

    private static void until(State state) throws InterruptedException {
        while (!state.isReached()) {
            Thread.sleep(5);
        }
    }

    /** A pool whose threads have its name. */
    static final class Crew extends ThreadPoolExecutor {
        static final List<Crew> all = new CopyOnWriteArrayList<>();
        final String name;

        Crew(String name, int threads) {
            super(threads, threads, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), work -> new Thread(work, name));
            this.name = name;
            all.add(this);
            prestartAllCoreThreads();
        }

        /** How many of its threads wait for a future. */
        int waiting() {
            int count = 0;
            for (var thread : Thread.getAllStackTraces().entrySet()) {
                if (thread.getKey().getName().equals(name)
                        && List.of(thread.getValue()).toString().contains("CompletableFuture.waitingGet(")) {
                    count++;
                }
            }
            return count;
        }
    }

    /** A server that answers when it is told to. */
    static final class Inn {
        private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        final List<Socket> asked = new CopyOnWriteArrayList<>();

        Inn() throws IOException {
            Thread doorman = new Thread(this::open, "doorman");
            doorman.setDaemon(true);
            doorman.start();
        }

        HttpRequest request() {
            return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.getLocalPort() + "/")).build();
        }

        private void open() {
            try {
                while (true) {
                    Socket guest = door.accept();
                    StringBuilder said = new StringBuilder();
                    while (said.indexOf("\r\n\r\n") < 0) {
                        said.append((char) guest.getInputStream().read());
                    }
                    asked.add(guest);
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        void answer() throws IOException {
            for (Socket guest : asked) {
                guest.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
            }
        }
    }
}
