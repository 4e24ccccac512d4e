package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.asyncinspect.core.wire.SampleRequest;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A JVM with process ids and a /tmp of its own, in which the jar of the agent is not to be seen. */
@Timeout(120)
class AttachLinkContainerTest {

    private static final List<String> CONTAINER = List.of(
            "unshare",
            "--mount",
            "--pid",
            "--fork",
            "--mount-proc",
            "sh",
            "-c",
            "mount -t tmpfs none /tmp && \"$@\"",
            "sh");

    /** Where the container has its own. */
    @TempDir
    Path outside;

    /** What the container sees too. */
    @TempDir(factory = Shared.class)
    Path inside;

    private static List<Jdk> jdks() {
        return Jdks.onThisMachine().of(17, 25);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_jvm_in_a_container_is_reached_through_its_own_root(Jdk jdk) throws Exception {
        assumeTrue(outside.startsWith("/tmp"), "the temporary folder is not hidden by the container");
        assumeTrue(!jdk.home().startsWith("/tmp"), "the JDK is hidden by the container");
        assumeTrue(canMakeContainers(), "no right to make containers here");
        Path agent = TestJars.agent(outside.resolve("agent.jar"));
        try (Target target =
                Target.start(CONTAINER, Path.of(jdk.tool("java")), inside, 1, "-XX:+EnableDynamicAgentLoading")) {
            assertThat(AgentSocket.ownPid(target.pid())).isNotEqualTo(target.pid());
            Path root = ProcFs.root(target.pid());
            assertThat(root.resolve(agent.toString().substring(1))).doesNotExist();

            // Twice: what the first one took away again the second must bring anew.
            sample(target, agent);
            sample(target, agent);

            assertThat(root.resolve("tmp/async-inspect-" + AgentSocket.ownPid(target.pid()) + ".jar"))
                    .doesNotExist();
            assertThat(AgentSocket.of(target.pid()).here()).doesNotExist();
            assertThat(target.ask("agent-collected")).isEqualTo("true");
            assertThat(target.errors()).isEmpty();
        }
    }

    private static void sample(Target target, Path agent) throws SourceException, IOException {
        AttachLink.Settings settings = new AttachLink.Settings(agent, Duration.ofSeconds(30), Duration.ofSeconds(20));
        try (AttachLink link = AttachLink.open(target.jvm(), settings)) {
            KeptRows rows = new KeptRows();
            link.sample(new SampleRequest(1_000, true, 10), rows);

            assertThat(rows.rows).hasSizeGreaterThan(3);
        }
        target.awaitNoLinkThread();
    }

    private static boolean canMakeContainers() throws IOException, InterruptedException {
        ProcessBuilder trial = new ProcessBuilder(new ArrayList<>(CONTAINER));
        trial.command().add("true");
        trial.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            return trial.start().waitFor() == 0;
        } catch (IOException e) {
            return false; // no such program
        }
    }

    private static final class Shared implements TempDirFactory {

        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
            return Files.createTempDirectory(Path.of("/var/tmp"), "async-inspect-test");
        }
    }
}
