package dev.asyncinspect.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdksTest {

    @TempDir
    Path folder;

    @Test
    void the_jdk_that_runs_the_tests_is_found() {
        assertThat(Jdks.onThisMachine().all())
                .extracting(jdk -> jdk.version().feature())
                .contains(Runtime.version().feature());
    }

    @Test
    void homes_named_by_the_environment_are_found_oldest_first() throws IOException {
        Path newer = fake("newer", "99.0.12");
        Path older = fake("older", "99.0.9");
        Jdks jdks = Jdks.in(Map.of("ASYNC_INSPECT_TEST_JDKS", newer + ":" + older), folder);
        assertThat(jdks.of(99)).extracting(Jdk::home).containsExactly(older, newer);
        assertThat(jdks.require(99).home()).isEqualTo(older);
    }

    @Test
    void two_homes_of_one_version_count_once() throws IOException {
        Path first = fake("first", "99.0.1");
        Path second = fake("second", "99.0.1");
        Jdks jdks = Jdks.in(Map.of("ASYNC_INSPECT_TEST_JDKS", first + ":" + second), folder);
        assertThat(jdks.of(99)).extracting(Jdk::home).containsExactly(first);
    }

    @Test
    void what_the_project_unpacked_into_its_cache_is_found() throws IOException {
        Path home = fake("cache/jdks/root/usr/lib/jvm/java-99", "99");
        Jdks jdks =
                Jdks.in(Map.of("ASYNC_INSPECT_CACHE", folder.resolve("cache").toString()), folder);
        assertThat(jdks.find(99)).map(Jdk::home).contains(home);
    }

    @Test
    void a_runtime_without_compiler_is_no_jdk() throws IOException {
        Path home = fake("runtime", "99");
        Files.delete(home.resolve("bin/javac"));
        assertThat(Jdk.at(home)).isEmpty();
    }

    @Test
    void a_version_that_is_missing_is_told_with_the_way_to_get_it() {
        assertThatThrownBy(() -> Jdks.in(Map.of(), folder).require(98))
                .hasMessageContaining("no JDK 98")
                .hasMessageContaining("tools/other-jdks 98");
    }

    private Path fake(String name, String version) throws IOException {
        Path home = folder.toRealPath().resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Path compiler = Files.createFile(home.resolve("bin/javac"));
        assertThat(compiler.toFile().setExecutable(true)).isTrue();
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }
}
