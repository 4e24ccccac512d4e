package dev.asyncinspect.sources;

import static dev.asyncinspect.sources.FullRoom.JUC;
import static dev.asyncinspect.sources.FullRoom.QUEUE;
import static dev.asyncinspect.sources.FullRoom.at;
import static dev.asyncinspect.sources.RoomsCode.CLEANER;
import static dev.asyncinspect.sources.RoomsCode.IDLER;
import static dev.asyncinspect.sources.RoomsCode.LOG;
import static dev.asyncinspect.sources.RoomsCode.OTHERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.Hold;
import org.junit.jupiter.api.Test;

/** Who else may come by and take from a full queue, so that those who wait for room are not all there is. */
class RoomPassersTest {

    private final FullRoom room = new FullRoom();

    @Test
    void somebody_who_runs_and_leads_to_the_queue_may_take_from_it() {
        room.consumer();
        room.told.runs("other");
        room.leads("other", "shop.Main.log", 1, "queue");
        room.assertUnknown();
        assertThat(room.holders().basis())
                .isEqualTo("Task #2 'other' (platform) may take from it as well, and can still run");
    }

    @Test
    void somebody_who_waits_and_leads_to_the_queue_counts_as_one_who_takes() {
        room.consumer();
        room.told
                .object("latch", JUC + "CountDownLatch$Sync")
                .parked("other", "latch", JUC + "CountDownLatch.await:9", "shop.Main.await:5");
        room.leads("other", "shop.Main.log", 1, "queue");
        room.assertTakes("consumer", "other");
    }

    @Test
    void a_second_consumer_that_computes_is_one_too() {
        room.consumer();
        room.told.thread("other", "RUNNABLE", "", "shop.Main.compute:3", at(LOG, "loop", "append"));
        room.leads("other", LOG + ".lines", 1, "queue");
        assertThat(Dumps.awaited(room.told.snapshot(FullRoom::bytes), "consumer")
                        .knownHolders())
                .extracting(Hold::taskId)
                .containsExactly(room.told.id("consumer"), room.told.id("other"));
    }

    @Test
    void somebody_in_code_that_takes_from_that_field_of_who_knows_what_may_come_by() {
        room.consumer();
        room.told.thread("other", "RUNNABLE", "", "shop.Main.compute:3", at(LOG, "append", "put"));
        room.assertUnknown();
    }

    @Test
    void somebody_in_that_code_with_a_queue_of_his_own_may_not() {
        room.consumer();
        room.told
                .object("own", QUEUE)
                .thread("other", "RUNNABLE", "", "shop.Main.compute:3", at(LOG, "loop", "append"));
        room.leads("other", LOG + ".lines", 1, "own");
        room.assertTakes("consumer");
    }

    @Test
    void somebody_who_calls_a_method_that_takes_may_come_by() {
        room.consumer();
        room.told.thread("other", "TIMED_WAITING", "", "java.lang.Thread.sleep:9", at(OTHERS, "stopsSoon", "sleep"));
        room.assertUnknown();
    }

    @Test
    void somebody_who_clears_the_queue_may_come_by() {
        room.consumer();
        room.told.thread("other", "TIMED_WAITING", "", "java.lang.Thread.sleep:9", at(CLEANER, "cleans", "sleep"));
        room.assertUnknown();
    }

    @Test
    void somebody_who_takes_from_a_variable_may_come_by() {
        room.consumer();
        room.told.thread("other", "TIMED_WAITING", "", "java.lang.Thread.sleep:9", at(OTHERS, "drains", "sleep"));
        room.assertUnknown();
    }

    @Test
    void somebody_who_has_nothing_to_do_with_it_does_not_count() {
        room.consumer();
        room.told.thread("other", "TIMED_WAITING", "", "java.lang.Thread.sleep:9", at(IDLER, "idles", "sleep"));
        room.assertTakes("consumer");
    }
}
