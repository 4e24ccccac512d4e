package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command {@code watch} on live JVMs. */
class WatchCommandTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {17, 25})
    void a_deadlock_is_told_to_the_screen_a_command_and_an_address_with_evidence(int version) throws Exception {
        BlockingQueue<String> posted = new LinkedBlockingQueue<>();
        HttpServer server = server(posted);
        Path evidence = folder.resolve("evidence");
        Path executed = folder.resolve("executed");
        try (JavaProcess clinic = Shipped.clinic(jdk(version), "lock-cycle");
                JavaProcess watch = watch(String.valueOf(clinic.pid()), "--dump", evidence.toString())
                        .with("--on", "lock-cycle")
                        .with("--exec", "{ echo \"$ASYNC_INSPECT_KIND $ASYNC_INSPECT_EVIDENCE\"; cat; } > " + executed)
                        .with(
                                "--webhook",
                                "http://127.0.0.1:" + server.getAddress().getPort() + "/hook")
                        .start()) {
            watch.awaitLine("clinic.jar (process " + clinic.pid() + "): lock-cycle PROVEN: ");
            JsonNode event = json(posted.poll(30, TimeUnit.SECONDS));
            assertThat(event.get("findings").get(0).get("kind").asString()).isEqualTo("lock-cycle");
            assertThat(event.get("jvm").get("pid").asLong()).isEqualTo(clinic.pid());
            Path kept = only(evidence);
            assertThat(event.get("evidence").asString()).isEqualTo(kept.toString());
            assertThat(kept.resolve("why.txt")).content().contains("Deadlock #1 detected!");
            List<String> heard = Files.readAllLines(executed);
            assertThat(heard).startsWith("lock-cycle " + kept).hasSize(2);
            assertThat(json(heard.get(1))).isEqualTo(event);
            Ended ended = interrupt(watch);
            assertThat(ended.stdout().lines()).hasSize(2);
            assertThat(ended.stderr().lines())
                    .last()
                    .asString()
                    .contains("1 finding told; ", "held back by --most-per-hour: 0");
            assertThat(clinic.isAlive()).isTrue();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void the_next_jvm_of_the_same_program_is_watched_when_the_target_was_restarted() throws Exception {
        JavaProcess first = Shipped.clinic(jdk(25), "lock-cycle");
        try (first;
                JavaProcess watch = watch(String.valueOf(first.pid()), "--json").start()) {
            assertThat(event(watch, first)).isEqualTo("lock-cycle");
            first.close();
            try (JavaProcess second = Shipped.clinic(jdk(25), "lock-cycle")) {
                assertThat(event(watch, second)).isEqualTo("lock-cycle");
            }
            assertThat(interrupt(watch).stderr())
                    .contains("process " + first.pid() + " has ended; waiting for another of clinic.jar")
                    .contains(", clinic.jar, in its place");
        }
    }

    @Test
    void a_healthy_program_is_never_told_of_and_the_time_ends_it() throws Exception {
        try (JavaProcess healthy = Shipped.clinic(jdk(25), "lock-cycle", "--healthy")) {
            Ended ended = watch(String.valueOf(healthy.pid()), "--for", "5s", "--confidence", "HINT")
                    .run();
            assertThat(ended.exitCode()).as(ended.stdout()).isZero();
            assertThat(ended.stdout()).isEmpty();
            assertThat(ended.stderr()).containsPattern("[1-9][0-9]* looks?, 0 findings told");
        }
    }

    @Test
    void a_storm_of_findings_is_told_up_to_the_limits_and_the_rest_counted() throws Exception {
        JavaSource.compile(Path.of("src/test/programs/DeadlockStorm.java"), folder);
        Path evidence = folder.resolve("evidence");
        Path executed = folder.resolve("executed");
        try (JavaProcess storm = JavaProcess.on(jdk(25), "-cp", folder.toString(), "DeadlockStorm")
                .start()) {
            storm.awaitLine("ready");
            Ended ended = watch(String.valueOf(storm.pid()), "--for", "4s", "--most-per-hour", "5", "--keep", "3")
                    .with("--dump", evidence.toString(), "--exec", "echo told >> " + executed)
                    .run();
            assertThat(ended.exitCode()).as(ended.stderr()).isEqualTo(1);
            assertThat(ended.stdout().lines().filter(line -> line.contains("lock-cycle PROVEN")))
                    .hasSize(5);
            assertThat(Files.readAllLines(executed)).hasSize(5);
            try (Stream<Path> kept = Files.list(evidence)) {
                assertThat(kept).hasSize(3);
            }
            assertThat(ended.stderr().lines().reduce((first, last) -> last).orElseThrow())
                    .matches(".* 5 findings told; .* held back by --most-per-hour: [2-9][0-9]+");
            assertThat(storm.isAlive()).isTrue();
        }
    }

    @Test
    @Timeout(120)
    void with_an_agent_it_sees_what_dumps_do_not_show() throws Exception {
        try (JavaProcess clinic = Shipped.clinic(jdk(25), "future-cycle");
                JavaProcess watch = watch(String.valueOf(clinic.pid()), "--attach", "--json")
                        .start()) {
            assertThat(event(watch, clinic)).isEqualTo("future-cycle");
            assertThat(socket(clinic)).as("the agent stays for the next look").exists();
            interrupt(watch);
            while (Files.exists(socket(clinic))) {
                Thread.onSpinWait(); // it is told to leave in the end; without that it would stay for five minutes
            }
            assertThat(clinic.isAlive()).isTrue();
        }
    }

    @Test
    void what_it_cannot_do_is_one_line_before_it_begins() throws Exception {
        assertThat(one(2, "--on", "deadlock", "4711"))
                .contains("'deadlock' is no kind of finding; there are lock-cycle, ");
        assertThat(one(2, "--webhook", "nowhere", "4711")).contains("--webhook: 'nowhere' is no address");
        assertThat(one(2)).contains("name a JVM (PID or part of its main class) or give --all");
        assertThat(one(2, "--all", "--interval", "10ms")).contains("--interval must be at least 1s");
        assertThat(one(3, "4194999")).contains("no process 4194999");
    }

    /** Where the agent of a JVM listens. */
    private static Path socket(JavaProcess target) throws IOException {
        Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        return Path.of("/tmp", "async-inspect-" + user, target.pid() + ".sock");
    }

    private static String one(int code, String... arguments) throws Exception {
        Ended ended = Shipped.run(
                Stream.concat(Stream.of("watch"), Stream.of(arguments)).toArray(String[]::new));
        assertThat(ended.exitCode()).isEqualTo(code);
        assertThat(ended.stderr().lines().filter(line -> !line.startsWith("Run '")))
                .hasSize(1);
        return ended.stderr();
    }

    private static JavaProcess.Launch watch(String... arguments) {
        return JavaProcess.on(jdk(25), "-jar", Shipped.JAR.toString(), "watch", "--interval", "1s")
                .with(arguments);
    }

    private static String event(JavaProcess watch, JavaProcess target) {
        String line = watch.awaitLine("\"pid\":" + target.pid());
        return json(line).get("findings").get(0).get("kind").asString();
    }

    private static JsonNode json(String text) {
        return new JsonMapper().readTree(text);
    }

    private static Ended interrupt(JavaProcess process) throws Exception {
        int code = CtrlC.on(process);
        Ended ended = process.awaitEnd();
        assertThat(ended.exitCode()).isEqualTo(code);
        return ended;
    }

    private static Jdk jdk(int version) {
        return Jdks.onThisMachine().require(version);
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private static HttpServer server(BlockingQueue<String> posted) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", exchange -> {
            posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
