package dev.asyncinspect.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.EventCodes;
import org.junit.jupiter.api.Test;

/** Which task of a pool a worker runs. */
class WorkOnTest {

    private static final long WORKER = 31;

    private final Film film = new Film();

    private String work() {
        TaskHistory work = film.recording().workOn(WORKER);
        return work == null ? "nothing" : work.name();
    }

    @Test
    void worker_thatWaitsInsideATask_runsThatTask() {
        film.at(0).thread("worker", WORKER).created("order", "worker").starts("order", WORKER);
        film.at(5).waits("order", "price", "");
        assertThat(work()).isEqualTo("order");
    }

    @Test
    void worker_whoseTasksAreOver_runsNothing() {
        film.at(0).thread("worker", WORKER).created("order", "worker").starts("order", WORKER);
        film.at(5).ends("order");
        assertThat(work()).isEqualTo("nothing");
    }

    @Test
    void worker_thatRunsOneTaskInsideAnother_runsTheInnermost() {
        film.at(0).thread("worker", WORKER).created("outer", "worker").starts("outer", WORKER);
        film.at(5).created("inner", "outer", EventCodes.FUTURE_STAGE, "x").starts("inner", WORKER);
        assertThat(work()).isEqualTo("inner");
        film.at(9).ends("inner");
        assertThat(work()).isEqualTo("outer");
    }

    @Test
    void taskThatNeverBegan_orRunsElsewhere_isNobodysWork() {
        film.at(0).thread("worker", WORKER).created("queued", "worker").created("elsewhere", "worker");
        film.at(1).starts("elsewhere", 32);
        assertThat(work()).isEqualTo("nothing");
    }

    @Test
    void taskThatMayRunOnAnotherThreadNext_isNotTold() {
        film.at(0).thread("worker", WORKER).created("coroutine", "worker", EventCodes.COROUTINE, "x");
        film.at(1).starts("coroutine", WORKER);
        film.at(2).waits("coroutine", "delay", "");
        assertThat(work()).isEqualTo("nothing");
    }

    @Test
    void taskWhoseEndMayBeMissing_isNotTold() {
        film.at(0).thread("worker", WORKER).created("order", "worker").starts("order", WORKER);
        film.at(5).drops(3);
        assertThat(work()).isEqualTo("nothing");
    }
}
