package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The jar where people put it, and in the state in which it arrives there. */
class OddJarTest {

    @TempDir
    Path folder;

    static List<Jdk> jdks() {
        return Jdks.onThisMachine().of(17, 21, 25);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void any_folder_and_any_name_will_do(Jdk jdk) throws Exception {
        Path copy = Files.copy(Shipped.JAR, folder.resolve("a b+c%20#1.jar"));
        assertThat(version(jdk, copy)).isEqualTo(new Ended(0, "async-inspect " + Shipped.version() + "\n", ""));
    }

    @Test
    void a_damaged_one_is_told_in_one_line() throws Exception {
        Path damaged = DamagedJar.in(folder);
        Ended ended = version(Jdks.onThisMachine().require(17), damaged);
        assertThat(ended.stderr()).contains(damaged + " is damaged").hasLineCount(1);
        assertThat(ended.stdout()).isEmpty();
        assertThat(ended.exitCode()).isEqualTo(4);
    }

    private static Ended version(Jdk jdk, Path jar) throws Exception {
        return JavaProcess.on(jdk, "-jar", jar.toString(), "version").run();
    }
}
