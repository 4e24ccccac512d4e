import com.sun.net.httpserver.HttpServer;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * A program whose timeline is known: told a word on standard input, it does that and prints what happened when, by its own
 * clock and latches. Ends at the end of its input.
 */
public final class Recorded {

    private static final ExecutorService POOL = Executors.newFixedThreadPool(1, task -> {
        Thread thread = new Thread(task, "older-worker");
        thread.setDaemon(true);
        return thread;
    });

    private Recorded() {}

    public static void main(String[] args) throws Exception {
        POOL.submit(() -> {}).get(); // its worker is older than a recording that begins later
        HttpClient.newHttpClient(); // loaded before such a one, and during one that begins with the program
        System.out.println("ready");
        java.io.BufferedReader in = new java.io.BufferedReader(new java.io.InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            switch (line) {
                case "virtual" -> virtual();
                case "platform" -> platform();
                case "pool" -> pool();
                case "stage" -> stage();
                case "calls" -> calls();
                case "many" -> many();
                default -> throw new IllegalArgumentException(line);
            }
        }
    }

    /** A thread that waits for a latch, then sleeps 5 ms, then ends. */
    private static void virtual() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        long[] slept = new long[2];
        Thread thread = factory().newThread(() -> {
            await(latch);
            slept[0] = System.nanoTime();
            sleep(5);
            slept[1] = System.nanoTime();
        });
        long begin = System.nanoTime();
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        long wake = System.nanoTime();
        latch.countDown();
        thread.join();
        long end = System.nanoTime();
        System.out.println("did virtual " + thread.getId() + " " + Thread.currentThread().getId() + " " + begin + " "
                + wake + " " + slept[0] + " " + slept[1] + " " + end);
    }

    private static void platform() throws Exception {
        Thread thread = new Thread(() -> {
            throw new IllegalStateException("wanted by the test");
        });
        thread.setUncaughtExceptionHandler((ended, error) -> {});
        thread.start();
        thread.join();
        System.out.println("did platform " + thread.getId());
    }

    private static void pool() throws Exception {
        long[] worker = new long[1];
        POOL.submit(() -> {
                    worker[0] = Thread.currentThread().getId();
                })
                .get();
        System.out.println("did pool " + worker[0]);
    }

    private static void stage() {
        try {
            CompletableFuture.supplyAsync(() -> {
                        throw new IllegalStateException("wanted by the test");
                    })
                    .join();
        } catch (RuntimeException e) {
            System.out.println("did stage");
        }
    }

    /** Calls that wait, on a thread of each kind. */
    private static void calls() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        int port = server.getAddress().getPort();
        long platform = calls(Thread::new, port);
        String virtual = Runtime.version().feature() < 21 ? "" : " " + calls(factory(), port);
        server.stop(0);
        System.out.println("did calls " + port + " " + platform + virtual);
    }

    private static long calls(ThreadFactory factory, int port) throws Exception {
        Object monitor = new Object();
        CountDownLatch entered = new CountDownLatch(1);
        boolean[] notified = new boolean[1];
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            FutureTask<Void> calls = new FutureTask<>(() -> {
                synchronized (monitor) {
                    entered.countDown();
                    while (!notified[0]) {
                        monitor.wait();
                    }
                }
                TimeUnit.MILLISECONDS.sleep(1);
                try (Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
                    socket.getInputStream().read();
                }
                scopes();
                HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/"))
                        .build();
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
                return null;
            });
            Thread thread = factory.newThread(calls);
            thread.start();
            entered.await();
            synchronized (monitor) { // free only while the other waits
                notified[0] = true;
                monitor.notifyAll();
            }
            try (Socket accepted = server.accept()) {
                while (!isInRead(thread)) {
                    Thread.onSpinWait();
                }
            }
            thread.join();
            calls.get();
            return thread.getId();
        }
    }

    private static boolean isInRead(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getMethodName().equals("implRead")) {
                return thread.getState() == Thread.State.WAITING || !isVirtual(thread);
            }
        }
        return false;
    }

    private static boolean isVirtual(Thread thread) {
        return thread.getClass().getName().equals("java.lang.VirtualThread");
    }

    /** Joins a fork that returns, and one that throws, where there are scopes. */
    private static void scopes() throws Exception {
        if (Runtime.version().feature() < 21) {
            return;
        }
        scope(() -> {
            sleep(1);
            return null;
        });
        try {
            scope(() -> {
                throw new IllegalStateException("wanted by the test");
            });
        } catch (InvocationTargetException e) {
            // newer scopes tell who joins; that this is so is of no matter here
        }
    }

    /** Joins a fork in a scope; the methods differ from one JDK to the next. */
    private static void scope(Callable<Void> fork) throws Exception {
        Class<?> type = Class.forName("java.util.concurrent.StructuredTaskScope");
        Object scope;
        try {
            scope = type.getMethod("open").invoke(null);
        } catch (NoSuchMethodException e) {
            scope = type.getConstructor().newInstance();
        }
        try {
            type.getMethod("fork", Callable.class).invoke(scope, fork);
            type.getMethod("join").invoke(scope);
        } finally {
            type.getMethod("close").invoke(scope);
        }
    }

    /** Work of all kinds at once, so that hooks meet each other. */
    private static void many() throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<CompletableFuture<?>> stages = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            Thread thread = factory().newThread(() -> sleep(1));
            thread.start();
            threads.add(thread);
            stages.add(CompletableFuture.runAsync(Thread::yield, POOL));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        CompletableFuture.allOf(stages.toArray(new CompletableFuture<?>[0])).join();
        System.out.println("did many");
    }

    /** Virtual threads where there are some. */
    private static ThreadFactory factory() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            return (ThreadFactory) Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
        } catch (ReflectiveOperationException e) {
            return Thread::new;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
