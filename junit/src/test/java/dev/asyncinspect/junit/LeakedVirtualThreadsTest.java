package dev.asyncinspect.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether virtual threads that work for a test live is known without looking at them. */
class LeakedVirtualThreadsTest {

    private final RunningTest test = new RunningTest("t", "example.T", Set.of(), Duration.ofSeconds(1));
    private final CountDownLatch end = new CountDownLatch(1);

    @BeforeEach
    void begin() {
        assumeThat(Runtime.version().feature()).isGreaterThanOrEqualTo(21);
        Lineage.begin(test);
    }

    @AfterEach
    void end() {
        end.countDown();
        Lineage.end();
    }

    private void waitForEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread start(Runnable task) throws ReflectiveOperationException {
        return (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    }

    private boolean live() {
        System.gc();
        return test.mayHaveVirtualThreads();
    }

    /** A thread counts as ended for those that wait for it a moment before the JDK clears what it carried. */
    private boolean endSoon() {
        for (int looks = 0; live() && looks < 100; looks++) {
            Thread.onSpinWait();
        }
        return !test.mayHaveVirtualThreads();
    }

    @Test
    void one_that_waits_is_known_to_live_until_it_has_ended() throws Exception {
        Thread waiting = start(this::waitForEnd);
        assertThat(live()).isTrue();
        end.countDown();
        waiting.join();
        assertThat(endSoon()).isTrue();
    }

    @Test
    void one_that_was_started_by_a_platform_thread_of_the_test_counts() throws Exception {
        Thread[] virtual = new Thread[1];
        Thread platform = new Thread(() -> {
            try {
                virtual[0] = start(this::waitForEnd);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        });
        platform.start();
        platform.join();
        assertThat(live()).isTrue();
        end.countDown();
        virtual[0].join();
        assertThat(endSoon()).isTrue();
    }

    @Test
    void platform_threads_count_for_none_though_a_virtual_one_starts_them() throws Exception {
        Thread[] platform = new Thread[1];
        start(() -> {
                    platform[0] = new Thread(this::waitForEnd);
                    platform[0].start();
                })
                .join();
        assertThat(endSoon()).isTrue();
        assertThat(platform[0].isAlive()).isTrue();
    }

    @Test
    void threads_that_are_older_than_the_test_are_not_its_own() {
        String row = "#%d  mail  virtual   BLOCKED          -         -  waits for latch at Mailbox.read::await#1 of 1";
        long newest = test.start().threadId();
        assertThat(LeakedVirtualThreads.described(
                        List.of(String.format(row, newest), String.format(row, newest + 1)), test.start()))
                .containsExactly("virtual thread 'mail' waits for latch at Mailbox.read::await#1 of 1");
    }

    @Test
    void one_without_a_name_is_told_by_its_number() {
        long id = test.start().threadId() + 1;
        assertThat(LeakedVirtualThreads.described(
                        List.of(
                                "ID       NAME                         KIND      STATE           AGE       CPU  WHERE",
                                "#" + id
                                        + "                                 virtual   RUNNING           -         -  at Job.run",
                                "no task fits"),
                        test.start()))
                .containsExactly("virtual thread #" + id + " at Job.run");
    }
}
