package dev.asyncinspect.core.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.event.EventCollector;
import dev.asyncinspect.core.event.EventDecoder;
import dev.asyncinspect.core.event.EventLayout;
import dev.asyncinspect.core.event.TaskIds;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is written of threads and tasks when one in two of each is followed. */
class SelectorTest {

    private static final int ONE_IN = 2;
    private static final long CARRIER = 7;
    private static final long LOCK = 3;
    private static final long FOLLOWED_THREAD = first(100, true);
    private static final long OTHER_THREAD = first(100, false);
    private static final long FOLLOWED_TASK = first(EventLayout.FIRST_TASK_ID, true);
    private static final long OTHER_TASK = first(EventLayout.FIRST_TASK_ID, false);

    private final Recorder recorder = new Recorder(1, 1024);

    SelectorTest() {
        recorder.follow(ONE_IN, false);
        recorder.turn(true);
    }

    private static long first(long from, boolean followed) {
        return LongStream.range(from, from + 1_000)
                .filter(id -> TaskIds.isOneIn(ONE_IN, id) == followed)
                .findFirst()
                .orElseThrow();
    }

    private List<Event> written() {
        List<Event> events = new ArrayList<>();
        EventCollector collector = new EventCollector(events::add);
        recorder.drain(
                (head, nanos, taskId, argument) -> EventDecoder.decode(head, nanos, taskId, argument, collector));
        return events;
    }

    private List<String> kinds() {
        return written().stream().map(event -> event.getClass().getSimpleName()).toList();
    }

    private void born(long thread) {
        recorder.created(1, thread, EventCodes.VIRTUAL_THREAD, 0, 0);
        recorder.named(1, thread, recorder.symbol("a thread"), thread);
        recorder.pollStart(1, thread, CARRIER);
    }

    private void moves(long thread) {
        recorder.awaitStart(2, thread, 0, 0, LOCK);
        recorder.pollEnd(2, thread, EventCodes.PARK, 0, CARRIER);
        recorder.woken(3, thread, EventCodes.UNPARK, 0);
        recorder.pollStart(4, thread, CARRIER);
        recorder.awaitEnd(4, thread, EventCodes.AWAIT_GOT, LOCK);
    }

    @Test
    void of_a_thread_that_is_not_followed_nothing_is_written_but_what_it_holds() {
        born(OTHER_THREAD);
        moves(OTHER_THREAD);
        recorder.acquired(5, OTHER_THREAD, EventCodes.EXCLUSIVE, 0, 0, LOCK);
        recorder.released(5, OTHER_THREAD, EventCodes.EXCLUSIVE, 0, 0, LOCK);
        recorder.ended(6, OTHER_THREAD, EventCodes.COMPLETED, 0);

        assertThat(kinds()).containsExactly("Acquired", "Released");
        assertThat(recorder.unwritten()).as("and it is counted").isEqualTo(1);
        assertThat(recorder.tells(OTHER_THREAD)).isFalse();
    }

    @Test
    void of_one_that_is_all_is_written() {
        born(FOLLOWED_THREAD);
        moves(FOLLOWED_THREAD);
        recorder.ended(6, FOLLOWED_THREAD, EventCodes.COMPLETED, 0);

        assertThat(written()).hasSize(9);
        assertThat(recorder.unwritten()).isZero();
        assertThat(recorder.tells(FOLLOWED_THREAD)).isTrue();
    }

    @Test
    void while_a_followed_task_runs_there_it_is_written_what_a_thread_does() {
        recorder.pollStart(1, FOLLOWED_TASK, OTHER_THREAD);
        assertThat(recorder.tells(OTHER_THREAD)).isTrue();
        moves(OTHER_THREAD);
        recorder.ended(6, FOLLOWED_TASK, EventCodes.COMPLETED, 0);

        assertThat(kinds())
                .containsExactly("PollStart", "AwaitStart", "PollEnd", "Woken", "PollStart", "AwaitEnd", "Ended");
        assertThat(recorder.tells(OTHER_THREAD)).isFalse();
        moves(OTHER_THREAD);
        assertThat(written()).isEmpty();
    }

    @Test
    void so_it_is_until_the_task_rests() {
        recorder.pollStart(1, FOLLOWED_TASK, OTHER_THREAD);
        recorder.pollEnd(2, FOLLOWED_TASK, EventCodes.RETURN, OTHER_THREAD);

        assertThat(written()).hasSize(2);
        assertThat(recorder.tells(OTHER_THREAD)).isFalse();
    }

    @Test
    void of_a_task_that_is_not_followed_its_run_is_written_where_the_thread_is_told_of() {
        recorder.created(1, OTHER_TASK, EventCodes.EXECUTOR_TASK, 0, FOLLOWED_THREAD);
        recorder.woken(1, OTHER_TASK, EventCodes.SUBMITTED, FOLLOWED_THREAD);
        recorder.linked(1, OTHER_TASK, EventCodes.RUN_BY, 0, LOCK);
        recorder.pollStart(1, OTHER_TASK, FOLLOWED_THREAD);
        recorder.pollEnd(2, OTHER_TASK, EventCodes.RETURN, FOLLOWED_THREAD);

        assertThat(kinds()).containsExactly("PollStart", "PollEnd");
        recorder.pollStart(1, OTHER_TASK, OTHER_THREAD);
        recorder.pollEnd(2, OTHER_TASK, EventCodes.RETURN, OTHER_THREAD);
        assertThat(kinds()).as("and nowhere else").isEmpty();
        assertThat(recorder.unwritten()).isEqualTo(1);
    }

    @Test
    void its_end_is_written_where_it_ends_a_run_that_is_told() {
        long here = ThreadIds.current();
        recorder.ended(1, OTHER_TASK, EventCodes.COMPLETED, 0);
        assertThat(written()).hasSize(TaskIds.isOneIn(ONE_IN, here) ? 1 : 0);

        recorder.pollStart(1, FOLLOWED_TASK, here);
        recorder.pollStart(2, OTHER_TASK, here);
        recorder.ended(3, OTHER_TASK, EventCodes.COMPLETED, 0);
        assertThat(kinds()).containsExactly("PollStart", "PollStart", "Ended");
    }

    @Test
    void a_rate_that_changes_is_for_those_to_come() {
        Recorder budgeted = new Recorder(1, 64);
        budgeted.follow(1, true);
        budgeted.turn(true);
        budgeted.rates().change(1 << 20, OTHER_THREAD + 1, EventLayout.FIRST_TASK_ID);
        budgeted.ended(1, OTHER_THREAD, EventCodes.COMPLETED, 0);
        budgeted.ended(1, OTHER_THREAD + 1, EventCodes.COMPLETED, 0);

        List<Long> ended = new ArrayList<>();
        budgeted.drain((head, nanos, taskId, argument) -> ended.add(taskId));
        assertThat(ended).containsExactly(OTHER_THREAD);
    }

    @Test
    void without_a_selection_everything_is_written() {
        Recorder all = new Recorder(1, 64);
        all.turn(true);
        all.ended(1, OTHER_THREAD, EventCodes.COMPLETED, 0);
        all.pollStart(1, OTHER_TASK, OTHER_THREAD);

        int[] events = new int[1];
        all.drain((head, nanos, taskId, argument) -> events[0]++);
        assertThat(events[0]).isEqualTo(2);
        assertThat(all.tells(OTHER_THREAD)).isTrue();
    }
}
