package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncinspect.core.rows.Row;
import dev.asyncinspect.core.wire.Hello;
import dev.asyncinspect.core.wire.Release;
import dev.asyncinspect.core.wire.SampleRequest;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The link to real JVMs of every supported version and update that this machine has. */
@Timeout(120)
class AttachLinkTest {

    private static final SampleRequest ALL = new SampleRequest(1_000_000, true, 100);

    /** Later versions warn on the program's stderr without it; see docs/safety/attach.md. */
    private static final String ALLOW = "-XX:+EnableDynamicAgentLoading";

    @TempDir
    static Path folder;

    /**
     * Once and for all, whatever the agent does: the socket of the JDK's attach listener, the jar on the class path, a
     * closed socket that the JDK's channels keep in reserve, and the random numbers that they open.
     */
    private static final List<String> KEPT_BY_THE_JDK = List.of("socket", "agent.jar", "/dev/random", "/dev/urandom");

    private static AttachLink.Settings settings;

    @BeforeAll
    static void build() throws Exception {
        settings = new AttachLink.Settings(
                TestJars.agent(folder.resolve("agent.jar")), Duration.ofSeconds(30), Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_sample_shows_the_threads_of_the_program(Jdk jdk) throws Exception {
        try (Target target = start(jdk, 3);
                AttachLink link = AttachLink.open(target.jvm(), settings)) {
            KeptRows sample = new KeptRows();
            link.sample(ALL, sample);

            Hello hello = link.hello();
            assertThat(hello.pid()).isEqualTo(target.pid());
            assertThat(hello.jvmVersion()).startsWith(String.valueOf(jdk.feature()));
            assertThat(hello.release()).isEqualTo(Release.version());
            assertThat(threadNames(sample)).contains("main").doesNotContain("async-inspect-link");
            assertThat(threadNames(sample).stream().filter(name -> name.startsWith("parked-")))
                    .hasSize(3);
            Row.End end = (Row.End) sample.rows.get(sample.rows.size() - 1);
            assertThat(end.threads()).isEqualTo(threadNames(sample).size());
            assertThat(end.droppedRows()).isZero();
            assertThat(link.problems()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void after_detach_nothing_of_ours_is_left(Jdk jdk) throws Exception {
        try (Target target = start(jdk, 3)) {
            List<String> threads = target.threads();
            List<String> descriptors = target.descriptors();
            sampleAndDetach(target);
            List<String> afterFirst = target.descriptors();

            List<String> added = new ArrayList<>(afterFirst);
            descriptors.forEach(added::remove);
            added.replaceAll(path -> path.equals(settings.jar().toString()) ? "agent.jar" : path);
            assertThat(added).isSubsetOf(KEPT_BY_THE_JDK).hasSizeLessThanOrEqualTo(5);
            assertThat(Collections.frequency(added, "socket")).isLessThanOrEqualTo(2);
            assertThat(target.threads()).containsAll(threads);
            List<String> addedThreads = new ArrayList<>(target.threads());
            addedThreads.removeAll(threads);
            assertThat(addedThreads).isSubsetOf("Attach Listener");
            assertThat(target.ask("agent-collected")).isEqualTo("true");

            for (int round = 0; round < 3; round++) {
                sampleAndDetach(target);
            }
            assertThat(target.descriptors()).isEqualTo(afterFirst);
            assertThat(target.ask("agent-collected")).isEqualTo("true");
            assertThat(AgentSocket.of(target.pid()).here()).doesNotExist();
            assertThat(target.ask("ping")).isEqualTo("ping");
            assertThat(target.errors()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void an_agent_that_is_there_is_used_by_the_next_client(Jdk jdk) throws Exception {
        try (Target target = start(jdk, 0)) {
            AttachLink first = AttachLink.open(target.jvm(), settings);
            AttachLink.Settings noJar =
                    new AttachLink.Settings(folder.resolve("missing.jar"), settings.timeout(), settings.idle());
            first.hangUp();

            try (AttachLink second = AttachLink.open(target.jvm(), noJar)) {
                KeptRows sample = new KeptRows();
                second.sample(ALL, sample);

                assertThat(threadNames(sample)).contains("main");
            }
            target.awaitNoLinkThread();
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_client_killed_in_a_sample_leaves_the_program_well_and_the_agent_goes(Jdk jdk) throws Exception {
        try (Target target = start(jdk, 2_000)) {
            Process client = stalledClient(target);

            client.destroyForcibly().waitFor();

            assertThat(target.ask("ping")).isEqualTo("ping");
            target.awaitNoLinkThread();
            assertThat(target.ask("agent-collected")).isEqualTo("true");
            assertThat(AgentSocket.of(target.pid()).here()).doesNotExist();
            assertThat(target.errors()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_jvm_that_ends_in_a_sample_is_one_line(Jdk jdk) throws Exception {
        try (Target target = start(jdk, 2_000)) {
            Path socket = AgentSocket.of(target.pid()).inTarget();
            try (AttachLink link = AttachLink.open(target.jvm(), settings)) {
                assertThat(socket).exists();

                assertThatThrownBy(() -> link.sample(ALL, new KeptRows(target::kill)))
                        .isInstanceOf(SourceException.class)
                        .hasMessage("process " + target.pid() + " ended while it was looked at");
            }
            assertThat(socket).doesNotExist();
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_jvm_that_lets_no_agent_in_says_so_and_prints_nothing(Jdk jdk) throws Exception {
        try (Target target = start(jdk, 0, "-XX:-EnableDynamicAgentLoading")) {
            assertThatThrownBy(() -> AttachLink.open(target.jvm(), settings))
                    .isInstanceOf(SourceException.class)
                    .hasMessage("process " + target.pid()
                            + " does not let agents be loaded (-XX:-EnableDynamicAgentLoading); look without one:"
                            + " --no-attach");
            assertThat(target.ask("ping")).isEqualTo("ping");
            assertThat(target.errors()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_jvm_without_attach_mechanism_is_left_alone(Jdk jdk) throws Exception {
        try (Target target = start(jdk, 0, "-XX:+DisableAttachMechanism")) {
            JvmProcess jvm = JvmLookup.list().stream()
                    .filter(candidate -> candidate.pid() == target.pid())
                    .findFirst()
                    .orElseThrow();

            assertThatThrownBy(() -> AttachLink.open(jvm, settings))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("-XX:+DisableAttachMechanism");
            assertThat(target.ask("ping")).isEqualTo("ping");
            assertThat(target.errors()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_stopped_jvm_is_given_up_in_time(Jdk jdk) throws Exception {
        try (Target target = start(jdk, 0)) {
            target.signal("STOP");
            AttachLink.Settings hasty =
                    new AttachLink.Settings(settings.jar(), Duration.ofMillis(300), settings.idle());

            assertThatThrownBy(() -> AttachLink.open(target.jvm(), hasty))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("did not take the agent in time");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_jvm_that_stops_with_an_agent_in_it_is_given_up_in_time(Jdk jdk) throws Exception {
        try (Target target = start(jdk, 0)) {
            AttachLink.Settings hasty = new AttachLink.Settings(settings.jar(), Duration.ofSeconds(3), settings.idle());
            AttachLink link = AttachLink.open(target.jvm(), hasty);
            target.signal("STOP");

            assertThatThrownBy(() -> link.sample(ALL, new KeptRows()))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("did not go on within 3000 ms in a sample");
            link.hangUp();
        }
    }

    private static List<Jdk> jdks() {
        return Jdks.onThisMachine().of(17, 21, 25);
    }

    private static Target start(Jdk jdk, int parkedThreads, String... flags) throws IOException {
        List<String> all = new ArrayList<>(List.of(flags));
        if (all.stream().noneMatch(flag -> flag.contains("EnableDynamicAgentLoading"))) {
            all.add(ALLOW);
        }
        return Target.start(
                Path.of(jdk.tool("java")),
                Files.createTempDirectory(folder, "target"),
                parkedThreads,
                all.toArray(String[]::new));
    }

    private static void sampleAndDetach(Target target) throws SourceException, IOException {
        try (AttachLink link = AttachLink.open(target.jvm(), settings)) {
            KeptRows sample = new KeptRows();
            link.sample(ALL, sample);
            assertThat(sample.rows).hasSizeGreaterThan(3);
        }
        target.awaitNoLinkThread();
    }

    private static Process stalledClient(Target target) throws IOException {
        Process client = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StalledClient.class.getName(),
                        String.valueOf(target.pid()),
                        settings.jar().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        assertThat(said.readLine()).isEqualTo("stalled");
        return client;
    }

    private static List<String> threadNames(KeptRows sample) {
        return sample.rows.stream()
                .filter(Row.ThreadSeen.class::isInstance)
                .map(row -> ((Row.ThreadSeen) row).name())
                .toList();
    }
}
