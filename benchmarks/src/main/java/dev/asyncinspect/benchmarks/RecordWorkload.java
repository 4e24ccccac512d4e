package dev.asyncinspect.benchmarks;

import com.sun.net.httpserver.HttpServer;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** What is measured with and without an agent: prints the median of some runs in nanoseconds an
 * operation, after warming up: by the clock, and computed by the program's own threads. */
final class RecordWorkload {

    private static final int WARM_UP = 3;
    private static final int RUNS = 5;

    private RecordWorkload() {}

    /** One run; returns nanoseconds an operation. */
    private interface Run {
        double nanos() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        Run run = switch (args[0]) {
            case "switch" -> () -> switches(100_000);
            case "spawn" -> () -> spawns(100_000);
            default -> RecordWorkload::requests;
        };
        double[] nanos = new double[RUNS];
        double[] computed = new double[RUNS];
        for (int i = -WARM_UP; i < RUNS; i++) {
            long before = ProgramCpu.nanos();
            long start = System.nanoTime();
            double took = run.nanos();
            double share = (ProgramCpu.nanos() - before) / (double) (System.nanoTime() - start);
            if (i >= 0) {
                nanos[i] = took;
                computed[i] = took * share;
            }
        }
        Arrays.sort(nanos);
        Arrays.sort(computed);
        System.out.println(nanos[RUNS / 2] + " " + computed[RUNS / 2]);
        Runtime.getRuntime().halt(0);
    }

    /** Two virtual threads that wake each other. */
    private static double switches(int rounds) throws Exception {
        AtomicInteger turn = new AtomicInteger();
        Thread[] pair = new Thread[2];
        for (int i = 0; i < 2; i++) {
            int me = i;
            pair[i] = Thread.ofVirtual().unstarted(() -> {
                for (int round = 0; round < rounds; round++) {
                    while (turn.get() != me) {
                        LockSupport.park();
                    }
                    turn.set(1 - me);
                    LockSupport.unpark(pair[1 - me]);
                }
            });
        }
        long start = System.nanoTime();
        pair[0].start();
        pair[1].start();
        pair[0].join();
        pair[1].join();
        return (System.nanoTime() - start) / (2.0 * rounds);
    }

    private static double spawns(int count) throws Exception {
        Thread[] batch = new Thread[1000];
        long start = System.nanoTime();
        for (int done = 0; done < count; done += batch.length) {
            for (int i = 0; i < batch.length; i++) {
                batch[i] = Thread.startVirtualThread(() -> {});
            }
            for (Thread thread : batch) {
                thread.join();
            }
        }
        return (System.nanoTime() - start) / (double) count;
    }

    /** A real server with a virtual thread for each request; four connections ask again and again. */
    private static double requests() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        int each = 2000;
        Thread[] clients = new Thread[4];
        long start = System.nanoTime();
        for (int i = 0; i < clients.length; i++) {
            clients[i] = new Thread(() -> ask(server.getAddress(), each));
            clients[i].start();
        }
        for (Thread client : clients) {
            client.join();
        }
        double nanos = (System.nanoTime() - start) / (double) (each * clients.length);
        server.stop(0);
        return nanos;
    }

    private static void ask(InetSocketAddress server, int times) {
        byte[] request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] answer = new byte[4096];
        try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            for (int i = 0; i < times; i++) {
                out.write(request);
                int length = 0;
                while (!new String(answer, 0, length, StandardCharsets.US_ASCII).endsWith("\r\n\r\nhello")) {
                    length += in.read(answer, length, answer.length - length);
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
