package dev.asyncinspect.cli.watch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An address that is sent what is told, as JSON by POST. Redirections are not followed. */
public final class Webhook {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int REDIRECT = 300;

    private final URI address;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** @throws IllegalArgumentException if it is no address of the web; the message says so to a person */
    public Webhook(String address) {
        try {
            this.address = URI.create(address);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + address + "' is no address; write http://host:port/path", e);
        }
        String scheme = this.address.getScheme();
        if (this.address.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException("'" + address + "' is no address; write http://host:port/path");
        }
    }

    /** Sends it; returns what went wrong, null if nothing did. Never names more of the address than the host. */
    public @Nullable String post(String json) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8))
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status >= OK && status < REDIRECT ? null : where() + " answered " + status;
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return where() + " could not be reached: " + reason;
        }
    }

    private String where() {
        return "webhook at " + address.getHost();
    }
}
