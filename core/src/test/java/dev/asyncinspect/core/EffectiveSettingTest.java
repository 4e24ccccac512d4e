package dev.asyncinspect.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EffectiveSettingTest {

    private final List<String> problems = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void each_value_says_where_it_comes_from_and_the_nearer_source_wins() throws Exception {
        Path file = folder.resolve("given.properties");
        Files.writeString(file, "sample=4\nawaits=false\nmode=debug\n");
        Map<String, String> properties = Map.of("async-inspect.config", file.toString(), "async-inspect.sample", "2");
        Map<String, String> environment = Map.of("ASYNC_INSPECT_SAMPLE", "3", "ASYNC_INSPECT_MAX_TASKS", "9");
        assertThat(EffectiveSetting.all(properties::get, environment, problems))
                .extracting(EffectiveSetting::name, EffectiveSetting::value, EffectiveSetting::origin)
                .contains(
                        tuple("sample", "2", "system property async-inspect.sample"),
                        tuple("max-tasks", "9", "environment ASYNC_INSPECT_MAX_TASKS"),
                        tuple("awaits", "false", "file " + file),
                        tuple("mode", "debug", "file " + file),
                        tuple("sites", "true", "mode debug"));
        assertThat(problems).isEmpty();
    }

    @Test
    void a_file_can_be_named_in_the_environment_too_and_the_system_property_counts_first() throws Exception {
        Path near = folder.resolve("near.properties");
        Path far = folder.resolve("far.properties");
        Files.writeString(near, "sample=4\n");
        Files.writeString(far, "sample=5\n");
        Map<String, String> environment = Map.of("ASYNC_INSPECT_CONFIG", far.toString());

        assertThat(sample(EffectiveSetting.all(name -> null, environment, problems)))
                .isEqualTo("5 file " + far);
        assertThat(sample(EffectiveSetting.all(
                        Map.of("async-inspect.config", near.toString())::get, environment, problems)))
                .isEqualTo("4 file " + near);
        assertThat(problems).isEmpty();
    }

    @Test
    void a_named_file_that_cannot_be_read_and_a_misspelt_setting_are_told() throws Exception {
        Path missing = folder.resolve("missing.properties");
        Path misspelt = folder.resolve("misspelt.properties");
        Files.writeString(misspelt, "sampel=4\nsample=2\n");

        Settings.file(missing.toString(), problems);
        Settings.file(folder.toString(), problems);
        Settings.file("no\0name", problems);
        assertThat(Settings.file(misspelt.toString(), problems).apply("sample")).isEqualTo("2");

        assertThat(problems).hasSize(4).allMatch(problem -> problem.lines().count() == 1);
        assertThat(problems.get(0)).isEqualTo("cannot read " + missing + ": there is no such file");
        assertThat(problems.get(1)).startsWith("cannot read " + folder);
        assertThat(problems.get(2)).startsWith("cannot read no\0name: ");
        assertThat(problems.get(3)).isEqualTo("there is no setting sampel, in " + misspelt + "; passed over");
    }

    private static String sample(List<EffectiveSetting> settings) {
        return settings.stream()
                .filter(setting -> setting.name().equals("sample"))
                .map(setting -> setting.value() + " " + setting.origin())
                .findAny()
                .orElseThrow();
    }

    @Test
    void the_guide_lists_every_setting_with_its_values_in_each_mode() throws Exception {
        Path guide = Path.of("../docs/guide/library.md");
        List<EffectiveSetting> production = inMode("production");
        List<EffectiveSetting> development = inMode("development");
        List<EffectiveSetting> debug = inMode("debug");
        for (int i = 0; i < production.size(); i++) {
            String name = production.get(i).name();
            if (!name.equals("mode")) {
                assertThat(Files.readAllLines(guide))
                        .filteredOn(line -> line.startsWith("| `" + name + "` |"))
                        .as("the line of %s", name)
                        .singleElement()
                        .asString()
                        .endsWith("| %s | %s | %s |"
                                .formatted(
                                        production.get(i).value(),
                                        development.get(i).value(),
                                        debug.get(i).value()));
            }
        }
    }

    private List<EffectiveSetting> inMode(String mode) {
        return EffectiveSetting.all(Map.of("async-inspect.mode", mode)::get, Map.of(), problems);
    }

    @Test
    void only_what_somebody_gave_is_given() {
        assertThat(EffectiveSetting.all(Map.of("async-inspect.mode", "debug")::get, Map.of(), problems))
                .filteredOn(EffectiveSetting::isGiven)
                .extracting(EffectiveSetting::name)
                .containsExactly("mode");
        assertThat(EffectiveSetting.all(name -> null, Map.of(), problems)).noneMatch(EffectiveSetting::isGiven);
    }

    @Test
    void a_look_at_names_alone_tells_whether_anything_can_be_given() {
        assertThat(EffectiveSetting.isAnyGiven(Set.of("java.home"), Set.of("PATH"), false))
                .isFalse();
        assertThat(EffectiveSetting.isAnyGiven(Set.of("async-inspect.config"), Set.of(), false))
                .isTrue();
        assertThat(EffectiveSetting.isAnyGiven(Set.of(), Set.of("ASYNC_INSPECT_CONFIG"), false))
                .isTrue();
        assertThat(EffectiveSetting.isAnyGiven(Set.of(), Set.of(), true)).isTrue();
    }

    @Test
    void what_cannot_be_used_is_told_and_counts_as_not_set() {
        assertThat(EffectiveSetting.all(Map.of("async-inspect.sample", "often")::get, Map.of(), problems))
                .filteredOn(setting -> setting.name().equals("sample"))
                .extracting(EffectiveSetting::value, EffectiveSetting::origin)
                .containsExactly(tuple("1", "mode development"));
        assertThat(problems).singleElement().asString().contains("sample", "often");
    }
}
