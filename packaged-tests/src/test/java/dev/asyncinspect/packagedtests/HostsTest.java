package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Attached to programs in containers and under restrictions: what they hang at is found, and they see nothing of us. */
class HostsTest {

    private static final String MAY_ATTACH = "-XX:+EnableDynamicAgentLoading";

    @TempDir
    Path folder;

    interface Host {
        List<String> command(HostedProgram program) throws IOException;
    }

    private static Arguments host(Jdk jdk, String name, String seen, Host host) {
        return arguments(jdk, name, seen, host);
    }

    static Stream<Arguments> hosts() {
        List<Arguments> all = Stream.of(17, 25)
                .map(Jdks.onThisMachine()::require)
                .flatMap(jdk -> Stream.of(
                        host(jdk, "Felix", "", program -> program.inOsgi("felix")),
                        host(jdk, "Equinox", "", program -> program.inOsgi("eclipse.osgi")),
                        host(jdk, "JBoss Modules", "", HostedProgram::inJbossModules),
                        host(jdk, "a module that opens nothing", "", HostedProgram::asModule),
                        host(jdk, "a program with another core", own().repeat(2), p -> p.onClassPath("older"))))
                .toList();
        return Matrix.everySecond(0, all).stream();
    }

    private static String own() {
        return Stream.of("rows.Row", "wire.LinkFolder", "wire.WireLayout")
                .map(name -> "dev.asyncinspect.core." + name + " is the program's\n")
                .reduce("", String::concat);
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("hosts")
    void a_hang_in_it_is_proven_and_it_sees_nothing_of_us(Jdk jdk, String name, String seen, Host host)
            throws Exception {
        List<String> command = host.command(new HostedProgram(folder));
        // From 24 on the JDK warns of what Felix and Equinox do with Unsafe, and of agents in a program without
        // java.instrument.
        List<String> quiet = jdk.feature() < 24
                ? List.of()
                : List.of("--sun-misc-unsafe-memory-access=allow", "--add-modules=java.instrument");
        try (JavaProcess program = JavaProcess.on(jdk, MAY_ATTACH)
                .with(quiet.toArray(String[]::new))
                .with(command.toArray(String[]::new))
                .start()) {
            program.awaitLine("ready");
            attachFinds(program, "ownerless-lock PROVEN");
            awaitDetached(jdk, program.pid());
            long descriptors = descriptors(program.pid());
            attachFinds(program, "ownerless-lock PROVEN");
            awaitDetached(jdk, program.pid());
            assertThat(descriptors(program.pid())).as("open files").isLessThanOrEqualTo(descriptors);
            program.writeLine("look");
            assertThat(program.awaitEnd()).isEqualTo(new Ended(0, "ready\n" + seen + "looked\n", ""));
        }
    }

    @Test
    void a_security_manager_that_grants_us_nothing_keeps_us_out_and_the_program_is_not_disturbed() throws Exception {
        underSecurityManager("", "");
    }

    @Test
    void a_security_manager_that_grants_us_everything_lets_us_in() throws Exception {
        String grant = "grant codeBase \"" + Shipped.JAR.toRealPath().toUri()
                + "\" { permission java.security.AllPermission; };";
        underSecurityManager(grant, "ownerless-lock PROVEN");
    }

    private void underSecurityManager(String grant, String finding) throws Exception {
        Jdk jdk = Jdks.onThisMachine().require(17);
        List<String> command = new HostedProgram(folder).onClassPath();
        Path policy = Files.writeString(
                folder.resolve("policy"),
                "grant codeBase \"" + folder.resolve("hosted").toUri()
                        + "\" { permission java.security.AllPermission; };\n" + grant);
        String[] arguments =
                HostedProgram.with(command, MAY_ATTACH, "-Djava.security.manager", "-Djava.security.policy==" + policy);
        try (JavaProcess without = JavaProcess.on(jdk, arguments).start();
                JavaProcess with = JavaProcess.on(jdk, arguments).start()) {
            with.awaitLine("ready");
            if (finding.isEmpty()) {
                Ended why = Shipped.run("why", String.valueOf(with.pid()));
                assertThat(why.stderr()).contains("no closer look: ");
                assertThat(why.stdout()).startsWith("[ OK ] Nothing wrong found");
            } else {
                attachFinds(with, finding);
            }
            awaitDetached(jdk, with.pid());
            with.writeLine("look");
            without.awaitLine("ready");
            without.writeLine("look");
            assertThat(with.awaitEnd()).isEqualTo(without.awaitEnd());
        }
    }

    private static void attachFinds(JavaProcess program, String finding) throws Exception {
        Answer answer = Answer.of(Shipped.run("why", String.valueOf(program.pid()), "--attach", "--json"));
        assertThat(answer.findings()).containsExactly(finding);
    }

    /** Until no thread of ours runs there and its loader has been collected; asking for instances makes the JVM collect. */
    private static void awaitDetached(Jdk jdk, long pid) throws Exception {
        String left = "";
        for (long end = System.nanoTime() + JavaProcess.PATIENCE.toNanos(); System.nanoTime() < end; ) {
            left = jcmd(jdk, pid, "Thread.print") + jcmd(jdk, pid, "GC.class_histogram");
            if (!left.contains("async-inspect") && !left.contains("dev.asyncinspect.")) {
                return;
            }
        }
        assertThat(left).doesNotContain("async-inspect", "dev.asyncinspect.");
    }

    private static String jcmd(Jdk jdk, long pid, String command) throws Exception {
        Process jcmd = new ProcessBuilder(jdk.tool("jcmd"), String.valueOf(pid), command)
                .redirectErrorStream(true)
                .start();
        String text = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor()).as(text).isZero();
        return text;
    }

    private static long descriptors(long pid) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return open.count();
        }
    }
}
