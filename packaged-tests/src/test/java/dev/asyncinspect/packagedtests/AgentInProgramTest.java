package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A program that looks at its class path, its class loaders, its threads and its properties sees the same with the agent as
 * without, and prints nothing else.
 */
@Timeout(180)
class AgentInProgramTest {

    // Without it JDK 21 and later warn on the program's stderr that an agent was loaded, which no agent can avoid.
    private static final String MAY_ATTACH = "-XX:+EnableDynamicAgentLoading";

    @TempDir
    Path folder;

    private GuestProgram guest;

    static List<Jdk> jdks() {
        return Matrix.oldestAndNewest(Jdks.onThisMachine().of(17, 21, 25));
    }

    @BeforeEach
    void compileGuest() throws Exception {
        guest = GuestProgram.compile(folder);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void javaagent_programSeesNoDifference(Jdk jdk) throws Exception {
        Ended without = guest.on(jdk).run();
        Ended with = guest.on(jdk, Shipped.agentOption()).run();
        assertThat(with).isEqualTo(entered(without));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void javaagentWithUnknownOptions_programSeesNoDifference(Jdk jdk) throws Exception {
        Ended without = guest.on(jdk).run();
        Ended with = guest.on(jdk, Shipped.agentOption() + "=no such,=option,,").run();
        assertThat(with).isEqualTo(entered(without));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void javaagentTwice_programSeesNoDifference(Jdk jdk) throws Exception {
        Ended without = guest.on(jdk).run();
        Ended with = guest.on(jdk, Shipped.agentOption(), Shipped.agentOption()).run();
        assertThat(with).isEqualTo(entered(without));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void attachedTwice_programSeesNoDifference(Jdk jdk) throws Exception {
        try (JavaProcess without = guest.waitingOn(jdk, MAY_ATTACH).start();
                JavaProcess with = guest.waitingOn(jdk, MAY_ATTACH).start()) {
            with.awaitLine("ready");
            VirtualMachine machine = VirtualMachine.attach(String.valueOf(with.pid()));
            machine.loadAgent(Shipped.JAR.toAbsolutePath().toString(), "");
            machine.loadAgent(Shipped.JAR.toAbsolutePath().toString());
            machine.detach();
            with.writeLine("go");
            without.writeLine("go");
            assertThat(with.awaitEnd()).isEqualTo(entered(without.awaitEnd()));
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void programWithClassesNamedLikeOurs_keepsItsOwn(Jdk jdk) throws Exception {
        guest.withClassesNamedLikeOurs(folder);
        Ended without = guest.on(jdk).run();
        assertThat(without.stdout())
                .contains("picocli.CommandLine is the program's", "dev.asyncinspect.agent.AgentMain is the program's");
        Ended with = guest.on(jdk, Shipped.agentOption()).run();
        assertThat(with).isEqualTo(entered(without));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void agentThatCannotStart_leavesTheProgramAloneAndTheReasonInAProperty(Jdk jdk) throws Exception {
        Path damaged = DamagedJar.in(folder);
        Ended without = guest.on(jdk).run();
        Ended with = guest.on(jdk, "-javaagent:" + damaged).run();
        assertThat(with.stderr()).isEmpty();
        assertThat(with.exitCode()).isZero();
        assertThat(with.stdout())
                .isEqualTo(
                        without.stdout()
                                .replace(
                                        "agent null failure null",
                                        "agent " + Shipped.version()
                                                + " failure java.lang.ClassNotFoundException: dev.asyncinspect.agent.AgentMain"));
    }

    /** What the guest prints without the agent, but for the line in which it tells whether the agent is there. */
    private static Ended entered(Ended without) throws Exception {
        assertThat(without.stdout()).startsWith("ready\n").endsWith("agent null failure null\n");
        assertThat(without.stderr()).isEmpty();
        return new Ended(
                0,
                without.stdout().replace("agent null failure null", "agent " + Shipped.version() + " failure null"),
                "");
    }
}
