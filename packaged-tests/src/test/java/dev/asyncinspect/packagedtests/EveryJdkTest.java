package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The command line on every JDK of this machine from 17 on, looking at each of them. */
class EveryJdkTest {

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
}
