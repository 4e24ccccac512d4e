package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A JVM with file systems of its own, as in the container beside that of a side-car. */
class ContainerTest {

    private final Jdk jdk = Jdks.onThisMachine().require(25);
    private Process contained;

    @BeforeEach
    void contain() throws Exception {
        assumeThat(System.getProperty("user.name"))
                .as("only root can make a namespace of mounts")
                .isEqualTo("root");
        Path clinic = Shipped.CLINIC.toAbsolutePath();
        contained = new ProcessBuilder(
                        "unshare",
                        "--mount",
                        "--propagation",
                        "private",
                        "sh",
                        "-c",
                        "mount --bind '" + clinic.getParent() + "' /mnt && mount -t tmpfs tmpfs /tmp && exec "
                                + jdk.tool("java") + " -jar /mnt/clinic.jar lock-cycle")
                .redirectErrorStream(true)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(contained.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        assertThat(line).startsWith("ready lock-cycle pid=" + contained.pid());
    }

    @AfterEach
    void end() {
        if (contained != null) {
            contained.destroyForcibly().onExit().join();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"why", "why --attach", "prove", "watch --interval 1s --for 2s"})
    void a_jvm_with_a_folder_for_temporary_files_of_its_own_is_looked_at(String command) throws Exception {
        Ended ended = Shipped.run((command + " " + contained.pid()).split(" "));
        assertThat(ended.exitCode()).as(ended.stderr()).isEqualTo(1);
        assertThat(ended.stdout()).contains("lock-cycle");
        assertThat(Path.of("/proc", String.valueOf(contained.pid()), "root", "tmp")
                        .toFile()
                        .list())
                .as("what we leave there")
                .noneMatch(name -> name.startsWith("async-inspect"));
        assertThat(contained.isAlive()).isTrue();
    }
}
