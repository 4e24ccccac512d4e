package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that wait for child processes: one that nobody reads, and their healthy twins. */
class UnreadOutputTest {

    private static final String PROGRAM = "src/test/programs/Errands.java";

    static List<Jdk> jdks() {
        return Matrix.oldestAndNewest(Jdks.onThisMachine().of(17, 21, 25));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void
            a_child_that_nobody_reads_or_of_which_only_the_other_stream_is_read_is_told_and_one_that_sleeps_or_was_read_is_not(
                    Jdk jdk) throws Exception {
        Answer unread = why(jdk, "unread");
        assertThat(unread.findings()).containsExactly("unread-output LIKELY", "unread-output LIKELY");
        assertThat(unread.exitCode()).isEqualTo(1);
        assertThat(unread.tells("unread-output LIKELY", "main", "for one of 2 processes, such as process "))
                .isTrue();
        assertThat(unread.tells("unread-output LIKELY", "crossed", "(cat) waits to write to its stderr, and nobody"))
                .isTrue();

        assertThat(why(jdk, "asleep").findings()).isEmpty();
        assertThat(why(jdk, "read").findings()).isEmpty();
    }

    private static Answer why(Jdk jdk, String story) throws Exception {
        try (JavaProcess program = JavaProcess.on(jdk, PROGRAM, story).start()) {
            program.awaitLine("ready");
            return Answer.of(Shipped.run("why", String.valueOf(program.pid()), "--no-attach", "--json"));
        }
    }
}
