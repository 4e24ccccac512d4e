package dev.asyncinspect.examples.clinic;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A pharmacy on the JDK's HTTP server whose counter, the dispatcher thread, waits for a delivery itself. */
final class BlockedEventLoop implements Fault {

    @Override
    public String name() {
        return "blocked-event-loop";
    }

    @Override
    public String about() {
        return "an HTTP server whose dispatcher thread waits for a slow delivery inside a handler";
    }

    @Override
    public Size size() {
        return Size.of("patients who ask at once", 1, 1, 50);
    }

    @Override
    public void start(Ward ward) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        Pharmacy pharmacy = new Pharmacy(Errand.by("courier", ward));
        server.createContext("/aspirin", pharmacy::dispense);
        if (ward.healthy()) {
            // Repaired: the dispatcher only dispatches.
            server.setExecutor(ward.crew("pharmacist", ward.size()).pool());
        }
        server.start();
        URI counter = URI.create("http://" + loopback.getHostAddress() + ":"
                + server.getAddress().getPort() + "/aspirin");
        for (int number = 1; number <= ward.size(); number++) {
            ward.hire("patient", number, () -> ask(counter), () -> ask(counter));
        }
        if (ward.healthy()) {
            ward.settle();
        } else {
            ward.until("the counter is asked", () -> pharmacy.busy.get() != null);
            ward.settle(pharmacy.dispensing());
        }
    }

    private static void ask(URI counter) throws IOException {
        try (InputStream answer = counter.toURL().openStream()) {
            answer.readAllBytes();
        }
    }

    private static final class Pharmacy {

        private final Errand delivery;
        /** The thread that serves; written by it, read by the main thread. */
        private final AtomicReference<@Nullable Thread> busy = new AtomicReference<>();

        Pharmacy(Errand delivery) {
            this.delivery = delivery;
        }

        void dispense(HttpExchange exchange) throws IOException {
            busy.set(Thread.currentThread());
            byte[] medicine = deliver().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, medicine.length);
            exchange.getResponseBody().write(medicine);
            exchange.close();
        }

        List<Thread> dispensing() {
            Thread thread = busy.get();
            return thread == null ? List.of() : List.of(thread);
        }

        private String deliver() throws IOException {
            try {
                return delivery.order().get();
            } catch (InterruptedException | ExecutionException e) {
                throw new IOException("nothing was delivered", e);
            }
        }
    }
}
