package dev.asyncinspect.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WorkersTest {

    private final Film film = new Film();

    WorkersTest() {
        film.at(0).thread("worker", 22).starts("worker", 22);
    }

    private String worker() {
        Recording recording = film.recording();
        return Workers.asTheyWere(recording, recording.tasks()).stream()
                .filter(task -> task.id() == 22)
                .flatMap(task -> task.segments().stream())
                .map(one -> one.state() + " " + one.fromNanos() / Film.MILLI + "-" + one.toNanos() / Film.MILLI)
                .collect(Collectors.joining(", "));
    }

    @Test
    void a_worker_is_blocked_while_the_task_on_it_waits() {
        film.at(10).created("order", "").starts("order", 22);
        film.at(20).waits("order", "price", "");
        film.at(50).goesOn("order", "");
        film.at(60).ends("order");
        film.at(80).created("late", "");

        assertThat(worker()).isEqualTo("RUNNING 0-20, BLOCKED 20-50, RUNNING 50-80");
        assertThat(film.segments("order")).isEqualTo("RUNNING 10-20, BLOCKED 20-50, RUNNING 50-60, COMPLETED 60-60");
    }

    @Test
    void a_worker_is_blocked_to_the_end_if_its_task_waits_still() {
        film.at(10).created("order", "").starts("order", 22);
        film.at(20).waits("order", "price", "");
        film.at(80).created("late", "");

        assertThat(worker()).isEqualTo("RUNNING 0-20, BLOCKED 20-80");
    }

    @Test
    void a_worker_that_runs_another_task_meanwhile_runs() {
        film.at(10).created("order", "").starts("order", 22);
        film.at(20).waits("order", "join", "");
        film.at(30).created("part", "order").starts("part", 22);
        film.at(35).waits("part", "price", "");
        film.at(38).goesOn("part", "");
        film.at(40).ends("part");
        film.at(50).goesOn("order", "");
        film.at(60).ends("order");

        assertThat(worker())
                .isEqualTo("RUNNING 0-20, BLOCKED 20-30, RUNNING 30-35, BLOCKED 35-38, RUNNING 38-40, BLOCKED 40-50,"
                        + " RUNNING 50-60");
    }

    @Test
    void a_task_that_is_between_two_runs_or_on_another_thread_blocks_nobody() {
        film.at(10).created("tick", "").starts("tick", 22);
        film.at(12).stops("tick", 22);
        film.at(15).created("other", "").starts("other", 23);
        film.at(20).waits("other", "price", "");
        film.at(40).starts("tick", 22);
        film.at(42).stops("tick", 22);

        assertThat(worker()).isEqualTo("RUNNING 0-42");
        assertThat(Workers.asTheyWere(film.recording(), List.of())).isEmpty();
    }
}
