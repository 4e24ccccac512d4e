package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The jar on every JDK of this machine from 17 on: as a program and as an agent. */
class EveryJdkTest {

    @TempDir
    Path folder;

    static List<Jdk> jdks() {
        return Jdks.onThisMachine().of(17, 21, 25);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void the_command_line_runs_and_writes_nothing_to_stderr(Jdk jdk) throws Exception {
        Ended version = Shipped.run(jdk, "version");
        assertThat(version.stdout()).startsWith("async-inspect ").hasLineCount(1);
        assertThat(version.stderr()).isEmpty();
        assertThat(version.exitCode()).isZero();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void it_looks_at_jvms_of_other_versions(Jdk jdk) throws Exception {
        for (Jdk other : jdks()) {
            try (JavaProcess clinic = Shipped.clinic(other, "lock-cycle")) {
                Ended why = Shipped.run(jdk, "why", String.valueOf(clinic.pid()));
                assertThat(why.stdout()).as("%s looks at %s", jdk, other).contains("lock-cycle · PROVEN");
                assertThat(why.stderr()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_program_with_the_agent_prints_and_sees_what_it_would_without(Jdk jdk) throws Exception {
        Path source = folder.resolve("Hello.java");
        Files.writeString(source, """
                import java.util.*;
                public class Hello {
                    public static void main(String[] args) {
                        for (String name : List.of("picocli.CommandLine", "org.objectweb.asm.ClassReader",
                                "tools.jackson.core.JsonParser", "dev.asyncinspect.agent.AgentMain",
                                "dev.asyncinspect.core.rows.Row", "dev.asyncinspect.cli.Cli")) {
                            try {
                                Class.forName(name);
                                System.out.println("sees " + name);
                            } catch (ClassNotFoundException e) {
                                // as it should be
                            }
                        }
                        System.out.println("threads " + Thread.getAllStackTraces().keySet().stream()
                                .filter(t -> t.getName().contains("inspect")).count());
                        System.out.println("hello " + String.join(" ", args));
                    }
                }
                """);
        Ended ended = JavaProcess.on(jdk, "-javaagent:" + Shipped.JAR.toAbsolutePath(), source.toString(), "world")
                .run();
        assertThat(ended.stdout()).isEqualTo("threads 0\nhello world\n");
        assertThat(ended.stderr()).isEmpty();
    }
}
