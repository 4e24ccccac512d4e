package dev.asyncinspect.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    void what_cannot_be_used_is_told_and_counts_as_not_set() {
        assertThat(EffectiveSetting.all(Map.of("async-inspect.sample", "often")::get, Map.of(), problems))
                .filteredOn(setting -> setting.name().equals("sample"))
                .extracting(EffectiveSetting::value, EffectiveSetting::origin)
                .containsExactly(tuple("1", "mode development"));
        assertThat(problems).singleElement().asString().contains("sample", "often");
    }
}
