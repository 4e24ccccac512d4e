package dev.asyncinspect.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.model.Film;
import org.junit.jupiter.api.Test;

/** Of tasks that grow in number: those that are stuck, and those that are idle. */
class LeakedTasksTest {

    private final Film film = new Film();

    /** Ten more every second, and each waits from its beginning. */
    private Finding growing(String label, String resource) {
        for (int i = 0; i < 160; i++) {
            String task = "t" + i;
            film.at(i * 100L).created(task, "").starts(task, 1).waits(task, label, resource);
        }
        film.at(16_000).created("last", "", EventCodes.MANUAL, "elsewhere");
        Finding finding = FilmedFindings.only(film);
        assertThat(finding.kind()).isEqualTo(FindingKind.LEAKED_TASK);
        return finding;
    }

    @Test
    void connections_that_are_kept_alive_are_a_hint() {
        Finding finding = growing("java.net.Socket.read", "");
        assertThat(finding.confidence()).isEqualTo(Confidence.HINT);
        assertThat(finding.evidence().get(2).statement()).startsWith("0 of those have been in one wait");
    }

    @Test
    void idle_sessions_that_wait_for_work_in_their_queue_are_a_hint() {
        film.is("mailbox", EventCodes.CONDITION, 0);
        assertThat(growing("take", "mailbox").confidence()).isEqualTo(Confidence.HINT);
    }

    @Test
    void tasks_that_wait_for_an_answer_which_never_comes_are_likely() {
        film.is("answer", EventCodes.FUTURE, 0);
        assertThat(growing("java.util.concurrent.CompletableFuture.get", "answer")
                        .confidence())
                .isEqualTo(Confidence.LIKELY);
    }
}
