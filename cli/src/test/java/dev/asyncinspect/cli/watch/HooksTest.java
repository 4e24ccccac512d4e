package dev.asyncinspect.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command and the address that are told. */
class HooksTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void a_command_gets_its_environment_and_its_input() throws Exception {
        Path got = folder.resolve("got");
        ShellHook hook = new ShellHook("{ echo \"$KIND\"; cat; } > '" + got + "'", LIMIT);
        assertThat(hook.run(Map.of("KIND", "lock-cycle; touch x"), "{\"a\":1}")).isNull();
        assertThat(got).hasContent("lock-cycle; touch x\n{\"a\":1}");
    }

    @Test
    void a_command_that_does_not_read_a_big_input_ends_all_the_same() throws Exception {
        assertThat(new ShellHook("exit 3", LIMIT).run(Map.of(), "x".repeat(10_000_000)))
                .isEqualTo("--exec ended with 3");
    }

    @Test
    void a_command_that_does_not_end_is_killed_with_what_it_started() throws Exception {
        Path pid = folder.resolve("pid");
        ShellHook hook = new ShellHook("sleep 600 & echo $! > '" + pid + "'; wait", Duration.ofSeconds(1));
        assertThat(hook.run(Map.of(), "")).isEqualTo("--exec still ran after 1 s, and was killed");
        long sleeper = Long.parseLong(Files.readString(pid).strip());
        ProcessHandle.of(sleeper).ifPresent(process -> process.onExit().join());
        assertThat(ProcessHandle.of(sleeper)).isEmpty();
    }

    @Test
    void an_address_is_sent_the_json() throws Exception {
        List<String> bodies = new CopyOnWriteArrayList<>();
        HttpServer server = server(200, bodies);
        try {
            assertThat(new Webhook(address(server)).post("{\"text\":\"ü\"}")).isNull();
            assertThat(bodies).containsExactly("application/json {\"text\":\"ü\"}");
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 404, 500})
    void an_answer_that_is_no_success_is_told_without_the_secret_in_the_address(int status) throws Exception {
        HttpServer server = server(status, new CopyOnWriteArrayList<>());
        try {
            assertThat(new Webhook(address(server) + "?token=secret").post("{}"))
                    .isEqualTo("webhook at 127.0.0.1 answered " + status);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void an_address_where_nobody_listens_is_told() throws Exception {
        HttpServer server = server(200, List.of());
        String address = address(server);
        server.stop(0);
        assertThat(new Webhook(address).post("{}")).startsWith("webhook at 127.0.0.1 could not be reached: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "127.0.0.1:9000", "ftp://host/x", "http:///x", "http://a b/"})
    void what_is_no_address_is_refused(String text) {
        assertThatThrownBy(() -> new Webhook(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is no address; write http://host:port/path");
    }

    private static HttpServer server(int status, List<String> bodies) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", exchange -> {
            bodies.add(exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String address(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }
}
