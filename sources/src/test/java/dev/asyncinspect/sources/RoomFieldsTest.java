package dev.asyncinspect.sources;

import static dev.asyncinspect.sources.FullRoom.at;
import static dev.asyncinspect.sources.RoomsCode.LOG;
import static dev.asyncinspect.sources.RoomsCode.OTHERS;
import static dev.asyncinspect.sources.RoomsCode.PUMP;

import org.junit.jupiter.api.Test;

/** Who takes from a full queue by what the code says alone: the field or variable of the put. */
class RoomFieldsTest {

    private final FullRoom room = new FullRoom();

    @Test
    void a_consumer_of_the_queue_of_a_static_field_is_one() {
        room.puts("consumer", at(PUMP, "pump", "put"));
        room.assertTakes("consumer");
    }

    @Test
    void a_field_is_known_also_if_something_is_called_to_know_what_to_put() {
        room.puts("consumer", at(PUMP, "count", "put"));
        room.assertTakes("consumer");
    }

    @Test
    void somebody_else_whose_code_takes_from_that_static_field_may_come_by() {
        room.puts("consumer", at(PUMP, "pump", "put"));
        room.told.thread("other", "RUNNABLE", "", at(OTHERS, "sweeps", "onSpinWait"));
        room.assertUnknown();
    }

    @Test
    void who_takes_from_the_variable_on_which_it_puts_is_a_consumer() {
        room.puts("consumer", at(PUMP, "around", "put"));
        room.assertTakes("consumer");
    }

    @Test
    void who_takes_from_the_field_of_the_object_that_it_puts_into_is_a_consumer() {
        room.puts("consumer", at(LOG, "append", "put"), at(LOG, "loop", "append"));
        room.assertTakes("consumer");
    }

    @Test
    void who_puts_into_that_field_of_another_object_is_no_consumer_of_that() {
        room.puts("consumer", at(LOG, "pass", "put"));
        room.assertUnknown();
    }

    @Test
    void who_takes_from_one_variable_and_puts_into_another_is_no_consumer_of_that() {
        room.puts("consumer", at(PUMP, "on", "put"));
        room.assertUnknown();
    }
}
