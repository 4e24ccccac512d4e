package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Version 1 of the published schemas: they are added to, and whatever was an answer once stays one. */
class SchemaV1Test {

    /*
     * The answers are those of the first release. -Dgolden.rewrite=true adds what is missing and never touches what is there: a command that is
     * new brings its first answer. The rules are every statement of the schemas but descriptions; one that is gone or changed would break
     * who reads the answers, or refuse an older one, and is a new version of the schema.
     */

    private static final Path ANSWERS = Path.of("src/test/golden/answers-v1");
    private static final Path RULES = Path.of("src/test/golden/schema-v1");
    private static final Path SCHEMAS = Path.of("../docs/schema");

    @TempDir
    Path folder;

    static List<Path> answers() throws IOException {
        try (Stream<Path> files = Files.list(ANSWERS)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void an_answer_of_version_1_still_fits(Path answer) throws IOException {
        assertThat(JsonTest.schema().validate(Files.readString(answer), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void there_is_an_answer_of_every_command_that_gives_json() throws IOException {
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.createDirectories(ANSWERS);
            for (Map.Entry<String, String> answer : FirstAnswers.all(folder).entrySet()) {
                Path file = ANSWERS.resolve(answer.getKey() + ".json");
                if (Files.notExists(file)) {
                    Files.writeString(file, answer.getValue());
                }
            }
        }
        JsonNode commands =
                new JsonMapper().readTree(SCHEMAS.resolve("cli-v1.schema.json")).at("/properties/command/enum");
        List<String> expected = new ArrayList<>();
        commands.forEach(command -> expected.add(command.asString() + ".json"));

        assertThat(answers()).extracting(file -> file.getFileName().toString()).containsAll(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cli-v1", "snapshot-v1"})
    void no_rule_of_version_1_is_gone(String name) throws IOException {
        Set<String> rules = new TreeSet<>();
        collect("", new JsonMapper().readTree(SCHEMAS.resolve(name + ".schema.json")), rules);
        Path golden = RULES.resolve(name + ".txt");
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.createDirectories(RULES);
            Files.writeString(golden, String.join("\n", rules) + "\n");
        }

        assertThat(rules).as("%s", golden).containsAll(Files.readAllLines(golden));
    }

    /** One line for each statement; members of an array by their value, so that one more among them is no change. */
    private static void collect(String path, JsonNode node, Set<String> rules) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                boolean words = member.getKey().equals("description")
                        && member.getValue().isString();
                if (!words) {
                    collect(path + "/" + member.getKey(), member.getValue(), rules);
                }
            }
        } else if (node.isArray() && !node.isEmpty() && node.get(0).isObject()) {
            for (int i = 0; i < node.size(); i++) {
                collect(path + "/" + i, node.get(i), rules);
            }
        } else if (node.isArray()) {
            node.forEach(value -> rules.add(path + " " + value));
        } else {
            rules.add(path + " " + node);
        }
    }
}
