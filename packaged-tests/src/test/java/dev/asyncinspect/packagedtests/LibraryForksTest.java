package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdks;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A program that names forks of a real scope and work on virtual threads, with the library alone. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LibraryForksTest {

    private static final Path CORE = Path.of("../core/target/async-inspect-core-" + MavenProject.VERSION + ".jar");

    @Test
    void forks_of_a_scope_are_tasks_of_who_opened_it_each_with_its_outcome() throws Exception {
        Ended ended = JavaProcess.on(Jdks.onThisMachine().require(25))
                .with(
                        "--enable-preview",
                        "--source",
                        "25",
                        "-cp",
                        CORE.toAbsolutePath().toString(),
                        "src/test/guests/forks/Forks.java")
                .run();

        assertThat(ended.exitCode()).as(ended.stderr()).isZero();
        assertThat(ended.stdout().lines())
                .containsExactly(
                        "clerk VIRTUAL_THREAD COMPLETED of request",
                        "mail EXECUTOR_TASK COMPLETED of request",
                        "price SCOPE_FORK FAILED of request java.lang.IllegalStateException: sold out",
                        "request MANUAL COMPLETED",
                        "stock SCOPE_FORK FAILED of request java.lang.InterruptedException",
                        "user SCOPE_FORK COMPLETED of request");
    }
}
