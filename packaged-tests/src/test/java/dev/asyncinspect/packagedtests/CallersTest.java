package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tasks that wait for answers which their own pool would have to bring: told from the heap, and their healthy twins are not. */
class CallersTest {

    @TempDir
    Path folder;

    static Stream<Arguments> programs() {
        List<Jdk> jdks = Jdks.onThisMachine().of(17, 21, 25);
        return Matrix.of(1, Matrix.oldestAndNewest(jdks), List.of("sick", "healthy"));
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("programs")
    void answers_that_wait_in_the_queue_of_those_who_wait_for_them_never_come(Jdk jdk, String story) throws Exception {
        JavaSource.compile(Path.of("src/test/programs/Callers.java"), folder);
        try (JavaProcess program = JavaProcess.on(jdk, "-Xmx64m", "-cp", folder.toString(), "Callers", story)
                .start()) {
            program.awaitLine("ready");
            Answer answer = Answer.of(Shipped.run("prove", String.valueOf(program.pid()), "--json"));
            if (story.equals("healthy")) {
                assertThat(answer.findings()).isEmpty();
                return;
            }
            assertThat(answer.findings()).containsOnly("pool-starvation LIKELY");
            for (String crew : List.of("sends", "joins")) {
                assertThat(answer.tells("pool-starvation LIKELY", crew, "the queue of a pool"))
                        .as(crew)
                        .isTrue();
            }
        }
    }
}
