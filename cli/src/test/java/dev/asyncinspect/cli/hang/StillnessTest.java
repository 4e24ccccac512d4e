package dev.asyncinspect.cli.hang;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StillnessTest {

    private static final String[] WAITING_TEST = {
        "java.lang.Object.wait:1", "shop.BankTest.moves:12", "java.lang.reflect.Method.invoke:5", "org.junit.X.run:9"
    };

    private final Stillness stillness = new Stillness();

    @Test
    void time_without_movement_adds_up() {
        for (int second = 0; second <= 30; second += 5) {
            stillness.look(test(second).look());
        }
        assertThat(stillness.ofAll()).isEqualTo(Duration.ofSeconds(30));
        assertThat(stillness.ofTests()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void nothing_is_still_before_the_second_look() {
        assertThat(stillness.ofAll()).isZero();
        stillness.look(test(7).look());
        assertThat(stillness.ofAll()).isZero();
    }

    @Test
    void a_test_that_stands_on_another_line_has_moved() {
        stillness.look(test(0).look());
        stillness.look(Moment.at(5)
                .thread("main", "shop.BankTest.moves:13", "java.lang.reflect.Method.invoke:5", "org.junit.X.run:9")
                .look());
        assertThat(stillness.ofTests()).isZero();
        assertThat(stillness.ofAll()).isZero();
    }

    @Test
    void a_worker_that_computes_is_movement_though_the_test_waits_at_one_place() {
        stillness.look(test(0).thread("worker", false, 0, "shop.Sum.add:3").look());
        stillness.look(test(5).thread("worker", false, 400, "shop.Sum.add:3").look());
        assertThat(stillness.ofAll()).isZero();
        assertThat(stillness.ofTests()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void a_carrier_of_virtual_threads_that_computes_is_movement() {
        stillness.look(
                test(0).thread("ForkJoinPool-1-worker-1", true, 0, "a.B.c:1").look());
        stillness.look(
                test(5).thread("ForkJoinPool-1-worker-1", true, 400, "a.B.c:1").look());
        assertThat(stillness.ofAll()).isZero();
    }

    @Test
    void a_daemon_that_pings_now_and_then_is_no_movement() {
        stillness.look(test(0).thread("ping", true, 0, "lib.Ping.sleep:3").look());
        stillness.look(test(5).thread("ping", true, 400, "lib.Ping.write:4").look());
        assertThat(stillness.ofAll()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void a_build_that_looks_about_while_another_jvm_runs_tests_is_no_movement() {
        Look first = test(0).look();
        Look later = test(5).look();
        Look build = Moment.at(0).thread("watch", "lib.Watch.sleep:3").look();
        Look moved = Moment.at(5).thread("watch", "lib.Watch.check:4").look();
        stillness.look(both(first, build));
        stillness.look(both(later, moved));
        assertThat(stillness.ofAll()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void a_process_that_uses_more_than_a_twentieth_of_a_processor_is_movement_whatever_its_threads_show() {
        stillness.look(test(0).used(Duration.ofMillis(100)).look());
        stillness.look(test(10).used(Duration.ofMillis(500)).look());
        assertThat(stillness.ofAll()).as("a twenty-fifth").isEqualTo(Duration.ofSeconds(10));
        stillness.look(test(20).used(Duration.ofMillis(1100)).look());
        assertThat(stillness.ofAll()).isZero();
    }

    @Test
    void a_thread_or_a_process_that_comes_or_goes_is_movement() {
        stillness.look(test(0).thread("worker", "shop.Sum.add:3").look());
        stillness.look(test(5).look());
        assertThat(stillness.ofAll()).as("a thread went").isZero();
        stillness.look(test(10).thread("other", "shop.Sum.add:3").look());
        assertThat(stillness.ofAll()).as("a thread came").isZero();
        Look alone = test(15).thread("other", "shop.Sum.add:3").look();
        stillness.look(
                new Look(alone.nanoTime(), Map.of(Moment.PID, Duration.ZERO, 4712L, Duration.ZERO), alone.jvms()));
        assertThat(stillness.ofAll()).as("a process came").isZero();
    }

    @Test
    void a_jvm_that_comes_sets_both_clocks_back() {
        stillness.look(test(0).look());
        Look later = test(5).look();
        stillness.look(new Look(later.nanoTime(), later.cpu(), Map.of()));
        assertThat(stillness.ofTests()).isZero();
    }

    @Test
    void it_begins_anew_when_told() {
        stillness.look(test(0).look());
        stillness.look(test(5).look());
        stillness.reset();
        assertThat(stillness.ofAll()).isZero();
        stillness.look(test(9).look());
        stillness.look(test(10).look());
        assertThat(stillness.ofAll()).isEqualTo(Duration.ofSeconds(1));
    }

    private static Look both(Look tests, Look build) {
        long other = Moment.PID + 1;
        return new Look(
                tests.nanoTime(),
                Map.of(Moment.PID, Duration.ZERO, other, Duration.ZERO),
                Map.of(
                        Moment.PID,
                        tests.jvms().values().iterator().next(),
                        other,
                        build.jvms().values().iterator().next()));
    }

    private static Moment test(long second) {
        return Moment.at(second).thread("main", WAITING_TEST);
    }
}
