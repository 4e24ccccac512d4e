package dev.asyncinspect.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.EventLayout;
import dev.asyncinspect.core.fold.Selection;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.core.recorder.ThreadIds;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecordingBudgetTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long FAR = 10_000_000;

    private final Recorder recorder = Recorder.create();

    private RecordingBudget budget(double most) {
        recorder.follow(1, true);
        return new RecordingBudget(recorder, most);
    }

    private long followed(long from) {
        return LongStream.range(from, from + 1_000)
                .filter(recorder.rates()::follows)
                .count();
    }

    @Test
    void beyond_it_fewer_of_the_threads_and_tasks_to_come_are_followed() {
        RecordingBudget budget = budget(0.01);
        budget.spent(0, SECOND / 25, SECOND);

        assertThat(budget.part()).isEqualTo(0.04);
        assertThat(budget.oneIn()).isEqualTo(4);
        assertThat(followed(ThreadIds.newest() + FAR)).isBetween(150L, 350L);
        assertThat(followed(recorder.nextTaskId() + FAR)).isBetween(150L, 350L);
    }

    @Test
    void who_may_have_begun_meanwhile_is_followed_as_before() {
        RecordingBudget budget = budget(0.01);
        long thread = ThreadIds.newest();
        for (int i = 0; i < 20_000; i++) {
            ThreadIds.newest();
            recorder.newTaskId();
        }
        budget.spent(0, SECOND / 25, SECOND);

        assertThat(LongStream.range(thread, ThreadIds.newest() + 20_000)).allMatch(recorder.rates()::follows);
        assertThat(LongStream.range(EventLayout.FIRST_TASK_ID, recorder.nextTaskId() + 20_000))
                .as("as many as came since the last look, and some more")
                .allMatch(recorder.rates()::follows);
    }

    @Test
    void well_within_it_more_are_followed_again() {
        RecordingBudget budget = budget(0.01);
        budget.spent(0, SECOND / 25, SECOND);
        budget.spent(0, 0, SECOND);
        budget.spent(0, 0, SECOND);
        assertThat(budget.oneIn()).isEqualTo(2);
        budget.spent(0, 0, SECOND);
        budget.spent(0, 0, SECOND);
        assertThat(budget.oneIn()).isEqualTo(1);
        assertThat(recorder.rates().leavesOut())
                .as("and some had been left out")
                .isTrue();
    }

    @Test
    void without_one_all_are_followed_whatever_it_costs() {
        RecordingBudget budget = budget(0);
        budget.spent(SECOND, SECOND, SECOND);

        assertThat(budget.oneIn()).isEqualTo(1);
        assertThat(budget.part()).isZero();
    }

    @Test
    void people_are_told_how_it_stands() {
        RecordingPlan plan = new RecordingPlan(8 << 20, false, false, false, Selection.ALL, 0.01, "development");

        assertThat(plan.text(1, 0))
                .isEqualTo("mode development, every task, awaits on, sites off, 8 MB of last events, budget 1 % of one"
                        + " processor");
        assertThat(plan.text(64, 0.00456))
                .isEqualTo(
                        "mode development, one task in 64 for now, awaits on, sites off, 8 MB of last events, budget 1 %"
                                + " of one processor (0.46 % in the last second)");
    }
}
