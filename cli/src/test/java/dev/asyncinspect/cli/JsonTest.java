package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "why 4711",
                "analyze a b",
                "tasks 4711",
                "task 4711 12",
                "graph 4711",
                "graph 4711 --all",
                "list",
                "info",
                "info 4711",
                "version"
            })
    void answer_fits_the_published_schema(String line) throws IOException {
        String json = answer(line);
        assertThat(schema().validate(json, InputFormat.JSON)).as(json).isEmpty();
        assertThat(json.lines()).hasSize(1);
    }

    @Test
    void schema_refuses_what_is_missing_or_misspelt() throws IOException {
        String why = answer("why 4711");
        for (String[] change : new String[][] {
            {"\"findings\":", "\"finding\":"},
            {"\"PROVEN\"", "\"SURE\""},
            {"\"schemaVersion\":1", "\"schemaVersion\":2"},
            {"\"PROVEN\"", "\"LIKELY\""},
            {"\"stacks\":", "\"stack\":"}
        }) {
            assertThat(why).contains(change[0]);
            assertThat(schema().validate(why.replace(change[0], change[1]), InputFormat.JSON))
                    .as(change[1])
                    .isNotEmpty();
        }
    }

    @Test
    void why_tells_exit_code_samples_and_coverage() {
        assertThat(answer("why 4711"))
                .startsWith("{\"schemaVersion\":1,\"tool\":\"async-inspect 1.2.3\",\"command\":\"why\",\"exitCode\":1,")
                .contains(
                        "\"samples\":2",
                        "\"kind\":\"lock-cycle\"",
                        "\"threadsSeen\":8",
                        "\"remedy\":\"attach to see\"");
    }

    @Test
    void tasks_holds_only_the_tasks_asked_for_and_all_samples() {
        assertThat(answer("tasks 4711 --name main"))
                .contains("\"samples\":2", "\"name\":\"main\"")
                .doesNotContain("transfer-1");
    }

    @Test
    void task_holds_its_chain_of_waits() {
        assertThat(answer("task 4711 21"))
                .contains("\"name\":\"clerk-21\"", "\"name\":\"transfer-1\"", "\"name\":\"transfer-2\"")
                .doesNotContain("clerk-22");
    }

    private static String answer(String line) {
        FakeWorld world = new FakeWorld(Scene.bank().twice());
        world.run((line + " --json").split(" "));
        assertThat(world.err.text()).isEmpty();
        return world.out.text();
    }

    static Schema schema() throws IOException {
        Path folder = Path.of("../docs/schema");
        String snapshot = Files.readString(folder.resolve("snapshot-v1.schema.json"));
        return SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        builder -> builder.schemas(Map.of("urn:async-inspect:schema:snapshot:1", snapshot)))
                .getSchema(Files.readString(folder.resolve("cli-v1.schema.json")), InputFormat.JSON);
    }
}
