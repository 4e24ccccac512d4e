package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command {@code mcp}, spoken to by a client that is not ours. */
class McpCommandTest {

    private static final Path CLIENT = Path.of("src/test/npm").toAbsolutePath();

    @TempDir
    Path folder;

    @BeforeAll
    static void client_is_installed() {
        assumeThat(CLIENT.resolve("node_modules/@modelcontextprotocol/sdk"))
                .as("the client: run npm ci in packaged-tests/src/test/npm")
                .isDirectory();
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 25})
    void an_assistant_finds_the_jvm_asks_why_and_follows_the_chain(int version) throws Exception {
        try (JavaProcess clinic = Shipped.clinic(jdk(version), "lock-cycle")) {
            Map<String, Object> target = Map.of("jvm", String.valueOf(clinic.pid()));
            JsonNode said = converse(
                    List.of(
                            List.of("list_jvms", Map.of()),
                            List.of("why", target),
                            List.of("graph", target),
                            List.of("why", Map.of("jvm", "4194999"))),
                    "mcp");
            assertThat(said.get("server").get("name").asString()).isEqualTo("async-inspect");
            JsonNode results = said.get("results");
            assertThat(answer(results.get(0)).toString())
                    .contains("\"pid\":" + clinic.pid())
                    .doesNotContain("clinic.jar lock-cycle");
            JsonNode finding =
                    answer(results.get(1)).get("targets").get(0).get("findings").get(0);
            assertThat(finding.get("kind").asString()).isEqualTo("lock-cycle");
            assertThat(finding.get("confidence").asString()).isEqualTo("PROVEN");
            assertThat(answer(results.get(2)).get("command").asString()).isEqualTo("graph");
            assertThat(results.get(3).get("isError").asBoolean()).isTrue();
            assertThat(text(results.get(3))).startsWith("no process 4194999");
            long task = finding.get("tasks").get(0).asLong();
            JsonNode chain = converse(List.of(List.of("task", Map.of("jvm", "" + clinic.pid(), "id", task))), "mcp");
            assertThat(answer(chain.get("results").get(0))
                            .get("targets")
                            .get(0)
                            .get("snapshot")
                            .get("tasks")
                            .size())
                    .isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void with_leave_it_looks_at_objects_and_proves_from_the_heap() throws Exception {
        try (JavaProcess clinic = Shipped.clinic(jdk(25), "lost-signal")) {
            String pid = String.valueOf(clinic.pid());
            JsonNode results = converse(
                            List.of(
                                    List.of("why", Map.of("jvm", pid, "attach", true)),
                                    List.of("prove", Map.of("jvm", pid)),
                                    List.of(
                                            "analyze_file",
                                            Map.of("file", dump(clinic).toString())),
                                    List.of("analyze_file", Map.of("file", "/etc/hostname"))),
                            "mcp",
                            "--allow-attach",
                            "--allow-prove")
                    .get("results");
            assertThat(answer(results.get(0)).get("command").asString()).isEqualTo("why");
            assertThat(answer(results.get(1)).toString()).contains("\"lost-signal\"", "\"PROVEN\"");
            assertThat(answer(results.get(2)).get("command").asString()).isEqualTo("analyze");
            assertThat(results.get(3).get("isError").asBoolean()).isTrue();
            assertThat(text(results.get(3))).startsWith("/etc/hostname").doesNotContain("\n");
            assertThat(clinic.isAlive()).isTrue();
        }
    }

    @Test
    void the_answers_about_a_program_of_thousands_of_threads_stay_readable() throws Exception {
        try (JavaProcess clinic = Shipped.clinic(jdk(25), "lock-cycle", "--size", "1000", "--noise", "3000")) {
            String pid = String.valueOf(clinic.pid());
            JsonNode results = converse(
                            List.of(
                                    List.of("why", Map.of("jvm", pid)),
                                    List.of("graph", Map.of("jvm", pid)),
                                    List.of("tasks", Map.of("jvm", pid, "limit", 200))),
                            "mcp")
                    .get("results");
            for (JsonNode result : results) {
                assertThat(answer(result)
                                .get("targets")
                                .get(0)
                                .get("tasksLeftOut")
                                .asInt())
                        .isGreaterThan(500);
                assertThat(text(result).length()).isLessThan(512 << 10);
            }
        }
    }

    private Path dump(JavaProcess target) throws Exception {
        Path dump = folder.resolve("dump.txt");
        Process jstack = new ProcessBuilder(jdk(25).tool("jstack"), "-l", String.valueOf(target.pid()))
                .redirectOutput(dump.toFile())
                .start();
        assertThat(jstack.waitFor()).isZero();
        return dump;
    }

    private JsonNode converse(List<List<Object>> calls, String... arguments) throws Exception {
        Path out = folder.resolve("out.json");
        Path err = folder.resolve("err.txt");
        List<String> command = new ArrayList<>(List.of(
                "node",
                CLIENT.resolve("client.mjs").toString(),
                new JsonMapper().writeValueAsString(calls),
                jdk(25).tool("java"),
                "-jar",
                Shipped.JAR.toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        Process node = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(node.waitFor(2, TimeUnit.MINUTES)).as("the client ends").isTrue();
        } finally {
            node.destroyForcibly();
        }
        assertThat(node.exitValue()).as(Files.readString(err)).isZero();
        return new JsonMapper().readTree(Files.readString(out, StandardCharsets.UTF_8));
    }

    private static JsonNode answer(JsonNode result) {
        assertThat(result.path("isError").asBoolean()).as(result.toString()).isFalse();
        return new JsonMapper().readTree(text(result));
    }

    private static String text(JsonNode result) {
        return result.get("content").get(0).get("text").asString();
    }

    private static Jdk jdk(int version) {
        return Jdks.onThisMachine().require(version);
    }
}
