package dev.asyncinspect.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.EventCodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that are counted while events come are those of the whole recording. */
class TotalsTest {

    private static final int TASKS = 60;
    private static final String SITE = "shop.Orders.open(Orders.java:";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void totals_of_random_lives_are_those_of_the_whole_recording(long seed) {
        Film film = lives(new Random(seed));
        Recording whole = film.recording();
        RecordingTotals totals = film.totals(true);

        assertThat(totals.about())
                .usingRecursiveComparison()
                .ignoringFields("tasks", "resources", "lockOrders", "contextHops")
                .isEqualTo(whole);
        assertThat(totals.tasks()).isEqualTo(whole.tasks().size());
        assertThat(totals.slowest()).isEqualTo(slowest(whole));
        for (SiteTotals site : totals.sites()) {
            List<TaskHistory> tasks = whole.tasks().stream()
                    .filter(task -> Objects.equals(task.createdAt().orNull(), site.site()))
                    .toList();
            assertThat(told(site, whole.lengthNanos())).isEqualTo(counted(tasks, whole.lengthNanos()));
        }
        assertThat(totals.states().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(whole.tasks().size());
    }

    @Test
    void without_details_the_sums_are_the_same_and_no_stretch_is_kept() {
        Film film = lives(new Random(9));
        RecordingTotals few = film.totals(false);
        RecordingTotals all = film.totals(true);

        assertThat(few.states()).isEqualTo(all.states());
        assertThat(few.slowest()).isEqualTo(all.slowest());
        assertThat(few.sites().stream().mapToLong(SiteTotals::runningNanos).sum())
                .isEqualTo(
                        all.sites().stream().mapToLong(SiteTotals::runningNanos).sum());
        assertThat(few.sites()).allSatisfy(site -> assertThat(site.polls()).isEmpty());
    }

    @Test
    void what_comes_after_the_end_of_a_task_makes_no_second_one() {
        Film film = new Film();
        film.at(0).created("a", "").starts("a", 1).at(5).ends("a");
        film.at(6).woken("a", "b").stops("a", 1).starts("a", 1);

        assertThat(film.totals(true).tasks()).isEqualTo(1);
    }

    private static Film lives(Random random) {
        Film film = new Film();
        film.at(0).clock(1_767_355_200_000L);
        film.thread("worker-1", 1).thread("worker-2", 2).starts("worker-1", 1).starts("worker-2", 2);
        for (int moment = 1; moment < 40 * TASKS; moment++) {
            int newest = moment / 40;
            if (moment % 40 == 0 && random.nextInt(4) > 0) {
                film.at(moment).created("t" + newest, "", EventCodes.EXECUTOR_TASK, SITE + newest % 3 + ")");
            }
            int number = Math.max(0, newest - random.nextInt(5));
            step(film.at(moment), "t" + number, 1 + random.nextInt(2), random);
        }
        return film;
    }

    /** What the task may do next, sensible or not: events come late, twice, or were dropped. */
    private static void step(Film film, String task, long thread, Random random) {
        switch (random.nextInt(12)) {
            case 0, 1 -> film.submitted(task);
            case 2, 3 -> film.starts(task, thread);
            case 4 -> film.stops(task, thread);
            case 5 -> film.waits(task, "price", "");
            case 6 -> film.goesOn(task, "");
            case 7 -> film.woken(task, "worker-1");
            case 8 -> film.fails(task, "no more");
            case 9 -> film.waits("visitor", "bell", "");
            case 10 -> film.goesOn("visitor", "");
            default -> film.drops(random.nextInt(50) == 0 ? 3 : 0);
        }
    }

    private static List<TaskTotals> slowest(Recording whole) {
        return whole.tasks().stream()
                .map(task -> new TaskTotals(
                        task.id(),
                        task.name(),
                        task.kind(),
                        task.state(),
                        Math.min(whole.lengthNanos(), task.endedNanos()) - task.bornNanos(),
                        task.nanosIn(TaskState.RUNNING, Await.STILL),
                        task.polls(Await.STILL)))
                .sorted(Comparator.comparingLong(TaskTotals::lifeNanos)
                        .reversed()
                        .thenComparingLong(TaskTotals::id))
                .limit(10)
                .toList();
    }

    private static List<Object> told(SiteTotals site, long length) {
        return List.of(
                site.tasks(),
                site.over(),
                site.runningNanos(),
                site.scheduledNanos(),
                site.blockedNanos(),
                sorted(site.polls()),
                sorted(site.delays()),
                sorted(site.blocked()),
                sorted(site.livingAt(length / 3, length)));
    }

    private static List<Object> counted(List<TaskHistory> tasks, long length) {
        return List.of(
                (long) tasks.size(),
                tasks.stream().filter(task -> task.state().isOver()).count(),
                spent(tasks, TaskState.RUNNING),
                spent(tasks, TaskState.SCHEDULED),
                spent(tasks, TaskState.BLOCKED) + spent(tasks, TaskState.PENDING),
                stretches(tasks, TaskState.RUNNING),
                stretches(tasks, TaskState.SCHEDULED),
                stretches(tasks, TaskState.BLOCKED),
                sorted(new long[] {living(tasks, length / 3), living(tasks, length)}));
    }

    private static long living(List<TaskHistory> tasks, long moment) {
        return tasks.stream().filter(task -> task.livesAt(moment)).count();
    }

    private static long spent(List<TaskHistory> tasks, TaskState state) {
        return tasks.stream()
                .mapToLong(task -> task.nanosIn(state, Await.STILL))
                .sum();
    }

    /** Of being runnable only what is over. */
    private static List<Long> stretches(List<TaskHistory> tasks, TaskState state) {
        List<Long> all = new ArrayList<>();
        for (TaskHistory task : tasks) {
            int counted = task.segments().size() - (state == TaskState.SCHEDULED ? 1 : 0);
            task.segments().subList(0, counted).stream()
                    .filter(segment -> segment.state() == state)
                    .forEach(segment -> all.add(segment.nanos()));
        }
        all.sort(null);
        return all;
    }

    private static List<Long> sorted(long[] values) {
        return Arrays.stream(values).sorted().boxed().toList();
    }
}
