package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real answers of every command fit the published schemas. */
class AnswerSchemaTest {

    @Test
    void every_json_answer_fits_its_schema() throws Exception {
        Schema answers = schema("cli-v1.schema.json");
        try (JavaProcess clinic = Shipped.clinic(Jdks.onThisMachine().require(25), "lock-cycle", "--noise", "3")) {
            String pid = String.valueOf(clinic.pid());
            for (List<String> command : List.of(
                    List.of("why", pid),
                    List.of("tasks", pid),
                    List.of("graph", pid),
                    List.of("prove", pid),
                    List.of("watch", pid, "--for", "1s"),
                    List.of("list"),
                    List.of("version"),
                    List.of("info"))) {
                String json = Shipped.run(withJson(command)).stdout();
                assertThat(answers.validate(json, InputFormat.JSON))
                        .as("%s", command)
                        .isEmpty();
            }
            String snapshot = Answer.of(Shipped.run("why", pid, "--json"))
                    .target()
                    .get("snapshot")
                    .toString();
            assertThat(schema("snapshot-v1.schema.json").validate(snapshot, InputFormat.JSON))
                    .isEmpty();
        }
    }

    @Test
    void every_json_answer_about_a_recording_fits_its_schema(@TempDir Path folder) throws Exception {
        Schema answers = schema("cli-v1.schema.json");
        Path file = folder.resolve("quarrel.air");
        JavaSource.compile(Path.of("src/test/programs/Quarrel.java"), folder);
        try (JavaProcess quarrel = JavaProcess.on(Jdks.onThisMachine().require(25), Shipped.agentOption() + "=record")
                .with("-cp", folder.toString(), "Quarrel")
                .start()) {
            quarrel.awaitLine("stuck");
            String pid = String.valueOf(quarrel.pid());
            for (List<String> command : List.of(
                    List.of("stats", pid, "--detailed"),
                    List.of("timeline", pid),
                    List.of("leaks", pid),
                    List.of("events", pid),
                    List.of("replay", pid),
                    List.of("info", pid),
                    List.of("why", pid),
                    List.of("config"),
                    List.of("record", pid, "--for", "10ms", "--to", file.toString()),
                    List.of("stop", pid),
                    List.of("record", pid),
                    List.of("replay", file.toString()),
                    List.of("task", "T1", "--file", file.toString()))) {
                Ended ended = Shipped.run(withJson(command));
                assertThat(ended.stdout()).as("%s: %s", command, ended.stderr()).isNotBlank();
                assertThat(ended.stdout().lines())
                        .as("%s", command)
                        .allSatisfy(json -> assertThat(answers.validate(json, InputFormat.JSON))
                                .isEmpty());
            }
        }
    }

    @Test
    void the_schema_refuses_a_likely_finding_that_does_not_say_how_it_could_be_harmless() throws IOException {
        String finding =
                "{\"kind\":\"lock-cycle\",\"title\":\"t\",\"confidence\":\"LIKELY\",\"basis\":\"b\",\"sentence\":\"s\","
                        + "\"cycle\":true,\"tasks\":[],\"victims\":[],\"resources\":[],\"chain\":[],\"evidence\":"
                        + "[{\"statement\":\"s\",\"provenance\":\"OBSERVED\"}],\"suggestions\":[\"s\"],\"page\":\"p\"}";
        String answer = "{\"schemaVersion\":1,\"tool\":\"async-inspect"
                + " 1\",\"command\":\"why\",\"exitCode\":1,\"targets\":[{\"target\":\"t\","
                + "\"samples\":1,\"coverage\":{\"text\":\"\",\"threadsSeen\":0,\"truncated\":false,\"droppedEvents\":0,"
                + "\"notSeen\":[]},\"snapshot\":{\"schemaVersion\":1,\"tasks\":[],\"resources\":[]},\"findings\":["
                + finding
                + "]}]}";
        assertThat(schema("cli-v1.schema.json").validate(answer, InputFormat.JSON))
                .isNotEmpty();
    }

    private static String[] withJson(List<String> command) {
        List<String> words = new ArrayList<>(command);
        words.add("--json");
        return words.toArray(String[]::new);
    }

    private static Schema schema(String name) throws IOException {
        Path folder = Path.of("../docs/schema");
        String snapshot = Files.readString(folder.resolve("snapshot-v1.schema.json"));
        return SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        registry -> registry.schemas(Map.of("urn:async-inspect:schema:snapshot:1", snapshot)))
                .getSchema(Files.readString(folder.resolve(name)), InputFormat.JSON);
    }
}
