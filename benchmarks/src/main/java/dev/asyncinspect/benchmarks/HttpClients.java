package dev.asyncinspect.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Connections that ask a server again and again, each as soon as it has its answer. */
final class HttpClients {

    private static final int CONNECTIONS = 4;
    private static final byte[] REQUEST =
            "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\r\n\r\nhello".getBytes(StandardCharsets.US_ASCII);

    private HttpClients() {}

    /** So many requests on each connection; how long each took, in nanoseconds, shortest first. */
    static long[] ask(int port, int each) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            Future<?>[] done = new Future<?>[CONNECTIONS];
            long[] nanos = new long[CONNECTIONS * each];
            for (int i = 0; i < CONNECTIONS; i++) {
                int from = i * each;
                done[i] = clients.submit(() -> {
                    oneAfterTheOther(port, nanos, from, from + each);
                    return null;
                });
            }
            for (Future<?> client : done) {
                client.get();
            }
            Arrays.sort(nanos);
            return nanos;
        } finally {
            clients.shutdownNow();
        }
    }

    private static void oneAfterTheOther(int port, long[] nanos, int from, int to) throws IOException {
        byte[] answer = new byte[4096];
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            for (int i = from; i < to; i++) {
                long start = System.nanoTime();
                out.write(REQUEST);
                int length = 0;
                while (!endsWell(answer, length)) {
                    length += in.read(answer, length, answer.length - length);
                }
                nanos[i] = System.nanoTime() - start;
            }
        }
    }

    private static boolean endsWell(byte[] answer, int length) {
        int start = length - END.length;
        return start >= 0 && Arrays.equals(answer, start, length, END, 0, END.length);
    }
}
