package dev.asyncinspect.sources;

import static dev.asyncinspect.sources.FullRoom.CONDITION;
import static dev.asyncinspect.sources.FullRoom.QUEUE;
import static dev.asyncinspect.sources.FullRoom.at;
import static dev.asyncinspect.sources.FullRoom.stack;
import static dev.asyncinspect.sources.RoomsCode.LOG;
import static dev.asyncinspect.sources.RoomsCode.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.rows.Relation;
import org.junit.jupiter.api.Test;

/** Who is said to take from a full queue, of which an agent tells who leads to it. */
class AttachRoomsTest {

    private final FullRoom room = new FullRoom();

    @Test
    void a_consumer_that_puts_into_the_queue_it_leads_to_is_the_one_to_empty_it() {
        room.consumer();
        room.assertTakes("consumer");
        assertThat(room.awaited().className()).isEqualTo(QUEUE);
    }

    @Test
    void others_who_wait_for_room_are_not_the_ones_to_make_it() {
        room.consumer();
        room.puts("writer", at(LOG, "append", "put"), "shop.Main.write:5");
        room.leads("writer", LOG + ".lines", 1, "queue");
        room.assertTakes("consumer");
    }

    @Test
    void who_takes_from_a_queue_of_that_field_and_puts_into_that_of_another_is_no_consumer_of_that() {
        room.found();
        room.told.object("own", QUEUE);
        room.puts("consumer", at(LOG, "pass", "put"));
        room.leads("consumer", LOG + ".lines", 0, "own");
        room.leads("consumer", LOG + ".lines", 1, "queue");
        room.assertUnknown();
    }

    @Test
    void who_leads_to_two_queues_as_near_by_that_field_is_no_consumer() {
        room.consumer();
        room.told.object("second", QUEUE);
        room.leads("consumer", LOG + ".lines", 1, "second");
        room.assertUnknown();
    }

    @Test
    void who_leads_to_the_queue_by_another_field_is_no_consumer() {
        room.found();
        room.puts("consumer", at(LOG, "append", "put"), at(WORKER, "run", "append"));
        room.leads("consumer", LOG + ".others", 1, "queue");
        room.assertUnknown();
    }

    @Test
    void who_only_puts_is_no_consumer() {
        room.found();
        room.puts("consumer", at(LOG, "append", "put"), "shop.Main.write:5");
        room.leads("consumer", LOG + ".lines", 1, "queue");
        room.assertUnknown();
    }

    @Test
    void workers_of_a_full_pool_take_from_its_queue_and_of_one_that_can_grow_nobody_says() {
        room.found();
        room.told.fullPool("pool", "consumer").link("pool", Relation.QUEUE, "queue");
        room.puts("consumer", "shop.Main.cook:5");
        room.assertTakes("consumer");
        room.told.number("pool", Relation.MAX_WORKERS, 2);
        room.assertUnknown();
    }

    @Test
    void as_long_as_not_all_ways_were_looked_for_nothing_is_said() {
        room.consumer();
        room.told.number("room", Relation.ALL_WAYS, 0);
        room.assertUnknown();
    }

    @Test
    void who_puts_for_a_time_makes_no_room_of_it() {
        room.found();
        room.told.thread(
                "consumer",
                "TIMED_WAITING",
                "room",
                stack(
                        new String[] {CONDITION + ".awaitNanos:2", QUEUE + ".offer:3"},
                        at(LOG, "append", "put"),
                        at(LOG, "loop", "append")));
        room.leads("consumer", LOG + ".lines", 1, "queue");
        room.assertUnknown();
    }
}
