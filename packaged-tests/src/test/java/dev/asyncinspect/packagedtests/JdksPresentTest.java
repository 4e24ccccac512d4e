package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Says in the report which JDKs the other tests of this module ran on: those that are missing are skipped by name. */
class JdksPresentTest {

    private final Jdks jdks = Jdks.onThisMachine();

    @ParameterizedTest
    @ValueSource(ints = {17, 25})
    void the_oldest_and_the_newest_version_must_be_here(int feature) throws Exception {
        starts(jdks.require(feature));
    }

    @Test
    void version_21() throws Exception {
        List<Jdk> found = jdks.of(21);
        assumeTrue(!found.isEmpty(), "no JDK 21 here: tools/other-jdks 21 brings it");
        starts(found.get(0));
    }

    @Test
    void two_updates_of_version_25() throws Exception {
        List<Jdk> found = jdks.of(25);
        assumeTrue(found.size() > 1, "only one update of JDK 25 here: tools/other-jdks 25 brings the newest");
        starts(found.get(found.size() - 1));
    }

    private static void starts(Jdk jdk) throws Exception {
        Ended ended = JavaProcess.on(jdk, "-version").run();
        assertThat(ended.stderr()).contains("build " + jdk.version().feature() + ".");
        assertThat(ended.exitCode()).isZero();
    }
}
