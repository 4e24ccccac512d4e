package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.sources.JvmProcess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tools for assistants, over the protocol, in a world with one JVM. */
class McpTest {

    private static final String HELLO = "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":"
            + "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}\n"
            + "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n";

    private final FakeWorld world = new FakeWorld(Scene.bank().twice());

    /** Asks all of these at once; returns the results by their place. */
    private List<JsonNode> results(List<String> requests, String... options) {
        StringBuilder stdin = new StringBuilder(HELLO);
        for (int i = 0; i < requests.size(); i++) {
            stdin.append("{\"jsonrpc\":\"2.0\",\"id\":")
                    .append(i + 1)
                    .append(",")
                    .append(requests.get(i))
                    .append("}\n");
        }
        world.stdin = stdin.toString();
        List<String> args = new ArrayList<>(List.of("mcp"));
        args.addAll(List.of(options));
        assertThat(world.run(args.toArray(new String[0]))).isZero();
        Map<Integer, JsonNode> byId = new HashMap<>();
        for (String line : world.out.text().lines().toList()) {
            JsonNode answer = new JsonMapper().readTree(line);
            byId.put(answer.get("id").asInt(), answer.get("result"));
        }
        assertThat(byId).hasSize(requests.size() + 1);
        List<JsonNode> results = new ArrayList<>();
        for (int i = 1; i <= requests.size(); i++) {
            results.add(byId.get(i));
        }
        return results;
    }

    private static String call(String tool, String arguments) {
        return "\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}";
    }

    private JsonNode answer(String tool, String arguments, String... options) {
        JsonNode result = results(List.of(call(tool, arguments)), options).get(0);
        assertThat(result.path("isError").asBoolean()).as(result.toString()).isFalse();
        JsonNode text = new JsonMapper()
                .readTree(result.get("content").get(0).get("text").asString());
        assertThat(result.get("structuredContent")).isEqualTo(text);
        return text;
    }

    private String failure(String tool, String arguments, String... options) {
        JsonNode result = results(List.of(call(tool, arguments)), options).get(0);
        assertThat(result.path("isError").asBoolean()).as(result.toString()).isTrue();
        return result.get("content").get(0).get("text").asString();
    }

    @Test
    void why_answers_with_the_findings_and_touches_nothing() {
        world.attached = Scene.calm().twice();
        JsonNode answer = answer("why", "{\"jvm\":4711}");
        JsonNode target = answer.get("targets").get(0);
        assertThat(target.get("findings").get(0).get("kind").asString()).isEqualTo("lock-cycle");
        assertThat(target.get("snapshot").get("tasks").size()).isEqualTo(7);
        assertThat(world.attaches).isZero();
    }

    @Test
    void nothing_that_touches_a_jvm_is_there_unless_it_is_allowed() {
        JsonNode tools = results(List.of("\"method\":\"tools/list\"")).get(0).get("tools");
        assertThat(names(tools)).containsExactly("list_jvms", "why", "tasks", "task", "graph", "analyze_file");
        assertThat(tools.toString()).doesNotContain("attach");
        for (JsonNode tool : tools) {
            assertThat(tool.get("annotations").get("readOnlyHint").asBoolean()).isTrue();
        }
        assertThat(failure("why", "{\"jvm\":\"4711\",\"attach\":true}"))
                .isEqualTo("unknown argument 'attach'; there are: jvm");
        assertThat(world.attaches).isZero();
    }

    @Test
    void what_is_allowed_is_offered_and_not_called_read_only() {
        world.attached = Scene.calm().twice();
        JsonNode tools = results(List.of("\"method\":\"tools/list\""), "--allow-attach", "--allow-prove")
                .get(0)
                .get("tools");
        assertThat(names(tools)).contains("prove");
        for (JsonNode tool : tools) {
            boolean looks = List.of("list_jvms", "analyze_file")
                    .contains(tool.get("name").asString());
            assertThat(tool.get("annotations").get("readOnlyHint").asBoolean()).isEqualTo(looks);
        }
    }

    @Test
    void with_leave_and_on_demand_it_looks_closer() {
        world.attached = Scene.calm().twice();
        JsonNode answer = answer("why", "{\"jvm\":\"4711\",\"attach\":true}", "--allow-attach");
        assertThat(answer.get("targets").get(0).get("findings").size()).isZero();
        assertThat(world.attaches).isEqualTo(1);
    }

    @Test
    void tasks_come_in_pages_that_say_what_they_leave_out() {
        JsonNode page = answer("tasks", "{\"jvm\":\"4711\",\"name\":\"clerk\",\"from\":1,\"limit\":2}")
                .get("targets")
                .get(0);
        assertThat(page.get("snapshot").get("tasks").size()).isEqualTo(2);
        assertThat(page.get("snapshot").get("tasks").get(0).get("name").asString())
                .isEqualTo("clerk-22");
        assertThat(page.get("tasksLeftOut").asInt()).isEqualTo(3);
    }

    @Test
    void one_task_comes_with_the_chain_of_its_waits() {
        JsonNode tasks = answer("task", "{\"jvm\":\"4711\",\"id\":21}")
                .get("targets")
                .get(0)
                .get("snapshot")
                .get("tasks");
        assertThat(tasks.size()).isEqualTo(3);
    }

    @Test
    void graph_proof_and_files_answer_too() {
        assertThat(answer("graph", "{\"jvm\":\"4711\"}").get("command").asString())
                .isEqualTo("graph");
        assertThat(answer("prove", "{\"jvm\":\"4711\"}", "--allow-prove").toString())
                .contains("lock-cycle");
        assertThat(answer("analyze_file", "{\"file\":\"dump.txt\"}").toString()).contains("lock-cycle");
        assertThat(world.err.text()).contains("process 4711 stands still while its heap is written");
    }

    @Test
    void arguments_of_programs_are_not_told() {
        world.jvms.clear();
        world.jvms.add(new JvmProcess(4711, "shop.Main --password=secret", "ada", "25", null));
        assertThat(answer("list_jvms", "{}").toString()).contains("shop.Main").doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "why          | {}                                  | argument 'jvm' is missing",
                "why          | {\"jvm\":\"\"}                      | argument 'jvm' is missing",
                "why          | {\"jvm\":[1]}                       | argument 'jvm' must be a text",
                "why          | {\"jvm\":\"nobody\"}                | no JVM is called 'nobody'",
                "why          | {\"jvm\":\"1\",\"file\":\"x\"}      | unknown argument 'file'; there are: jvm",
                "tasks        | {\"jvm\":\"1\",\"limit\":9000}      | argument 'limit' must be between 1 and 200: 9000",
                "tasks        | {\"jvm\":\"1\",\"from\":-1}         | argument 'from' must be between 0 and 2147483647: -1",
                "task         | {\"jvm\":\"1\",\"id\":\"x\"}        | argument 'id': 'x' is no task; write 12 for a thread, T0 for a recorded task",
                "task         | {\"jvm\":\"1\",\"id\":77}           | no task #77 in pid 4711 (java app.jar); 'tasks' lists them",
                "analyze_file | {\"file\":\"broken\"}               | broken: is no thread dump",
                "analyze_file | {\"file\":\"bug\"}                  | internal error: java.lang.IllegalStateException: a bug",
                "analyze_file | {\"file\":\"overflow\"}             | internal error: java.lang.StackOverflowError"
            })
    void what_cannot_be_answered_is_one_line(String tool, String arguments, String line) {
        assertThat(failure(tool, arguments)).isEqualTo(line);
    }

    @Test
    void many_questions_at_once_are_all_answered() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            many.add(call(i % 2 == 0 ? "why" : "graph", "{\"jvm\":\"4711\"}"));
        }
        assertThat(results(many))
                .allSatisfy(
                        result -> assertThat(result.get("isError").asBoolean()).isFalse());
    }

    /** The SDK throws at each of these; its own transport ended there, and whoever waited for that waited for ever. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":\"x\",\"message\":\"no\"}}"
            })
    void a_line_that_the_sdk_cannot_make_out_is_refused_and_the_next_is_answered(String line) {
        world.stdin = HELLO + line + "\n{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}\n";
        assertThat(world.run("mcp")).isZero();
        List<JsonNode> answers =
                world.out.text().lines().map(new JsonMapper()::readTree).toList();
        assertThat(answers)
                .hasSize(3)
                .anySatisfy(answer -> {
                    assertThat(answer.get("id").isNull()).isTrue();
                    assertThat(answer.at("/error/code").asInt()).isEqualTo(-32700);
                })
                .anySatisfy(answer -> {
                    assertThat(answer.get("id").asInt()).isEqualTo(7);
                    assertThat(answer.get("result").isObject()).isTrue();
                });
    }

    private static List<String> names(JsonNode tools) {
        List<String> names = new ArrayList<>();
        tools.forEach(tool -> names.add(tool.get("name").asString()));
        return names;
    }
}
