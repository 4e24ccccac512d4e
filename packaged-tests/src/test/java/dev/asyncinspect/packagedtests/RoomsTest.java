package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Full queues, attached and in a heap: a consumer that waits for room in its own is told, one that will come back is not. */
class RoomsTest {

    @TempDir
    Path folder;

    static List<Jdk> oneForTheSick() {
        return jdks(0);
    }

    static List<Jdk> anotherForTheHealthy() {
        return jdks(1);
    }

    private static List<Jdk> jdks(int turn) {
        return Matrix.versions(turn, 25, 17)
                .mapToObj(Jdks.onThisMachine()::require)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("oneForTheSick")
    void consumers_that_wait_for_room_in_their_own_queues_are_told_and_writers_are_behind_them(Jdk jdk)
            throws Exception {
        Answers answers = ask(jdk, "worker", "lock", "shared", "circle", "pool", "pipe", "unread");
        Answer answer = answers.proof();
        assertThat(answer.findings())
                .containsExactlyInAnyOrder(
                        "self-deadlock LIKELY",
                        "self-deadlock LIKELY",
                        "lost-signal PROVEN",
                        "self-deadlock LIKELY",
                        "lock-cycle LIKELY",
                        "lock-cycle LIKELY",
                        "lock-cycle LIKELY");
        assertThat(answers.look().findings())
                .containsExactlyInAnyOrder(
                        "self-deadlock LIKELY",
                        "self-deadlock LIKELY",
                        "lock-cycle LIKELY",
                        "lock-cycle LIKELY",
                        "lock-cycle LIKELY");
        isTold(answers.look());
        isTold(answer);
        assertThat(answer.tells("self-deadlock LIKELY", "pipe", "a full pipe which only it reads"))
                .isTrue();
        assertThat(answer.tells("lost-signal PROVEN", "unread", "a pipe that nobody is left to read"))
                .isTrue();
    }

    private static void isTold(Answer answer) {
        String alone = "waits to put into a full queue from which only it takes";
        String together = "2 tasks wait to put into full queues from which only they themselves take";
        assertThat(answer.tells("self-deadlock LIKELY", "log", alone)).isTrue();
        assertThat(answer.tells("self-deadlock LIKELY", "pump", alone)).isTrue();
        assertThat(answer.tells("lock-cycle LIKELY", "stage", together)).isTrue();
        assertThat(answer.tells("lock-cycle LIKELY", "cook", together)).isTrue();
        assertThat(answer.tells("lock-cycle LIKELY", "lock", "2 tasks wait for each other in a circle"))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("anotherForTheHealthy")
    void consumers_that_will_come_back_or_have_others_beside_them_are_left_alone(Jdk jdk) throws Exception {
        Answers answers = ask(jdk, "growing", "computing", "two", "offer", "slow");
        assertThat(answers.look().findings()).isEmpty();
        assertThat(answers.proof().findings()).isEmpty();
    }

    private record Answers(Answer look, Answer proof) {}

    private Answers ask(Jdk jdk, String... kinds) throws Exception {
        JavaSource.compile(Path.of("src/test/programs/Rooms.java"), folder);
        // not optimised: on a busy machine the queues are at work for so long that C2 may take objects apart, which is
        // doubt
        try (JavaProcess process = JavaProcess.on(jdk, "-XX:TieredStopAtLevel=1", "-cp", folder.toString(), "Rooms")
                .with(kinds)
                .start()) {
            process.awaitLine("ready");
            String pid = String.valueOf(process.pid());
            Answer look = Answer.of(Shipped.run("why", pid, "--attach", "--json"));
            return new Answers(look, Answer.of(Shipped.run("prove", pid, "--json")));
        }
    }
}
