package dev.asyncinspect.integrations.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.integrations.jdk.TaskTable.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TaskTableTest {

    private static final int SIXTEEN = 16;

    private final TaskTable table = new TaskTable();

    @Test
    void an_object_is_the_task_it_was_added_as_until_it_is_removed() {
        Object task = new Object();
        Entry entry = new Entry(task, 7);
        assertThat(table.add(entry, task)).isTrue();

        assertThat(table.find(task, 0)).isSameAs(entry);
        assertThat(table.begin(task, 42)).isSameAs(entry);
        assertThat(table.begin(task, 43)).as("it is run already").isNull();
        assertThat(table.find(task, 42)).isSameAs(entry);
        assertThat(table.find(new Object(), 0)).isNull();
        assertThat(table.remove(entry)).isTrue();
        assertThat(table.remove(entry)).as("twice").isFalse();
        assertThat(table.find(task, 42)).isNull();
    }

    @Test
    void one_object_is_as_many_tasks_as_it_was_added_up_to_sixteen_and_the_rest_is_refused() {
        Object task = new Object();
        for (int i = 0; i < SIXTEEN; i++) {
            assertThat(table.add(new Entry(task, i), task)).isTrue();
        }

        assertThat(table.add(new Entry(task, 99), task)).isFalse();
        for (int i = 1; i <= SIXTEEN; i++) {
            assertThat(table.begin(task, i)).isNotNull();
        }
    }

    @Test
    void of_one_object_that_was_added_many_times_the_oldest_task_is_begun_first() {
        Object task = new Object();
        for (int i = 0; i < SIXTEEN; i++) {
            table.add(new Entry(task, i), task);
        }
        for (int i = 0; i < 100; i++) {
            Entry begun = table.begin(task, 42);
            assertThat(begun).isNotNull();
            assertThat(begun.taskId).isEqualTo(i);
            table.remove(begun);
            table.add(new Entry(task, SIXTEEN + i), task);
        }
    }

    @Test
    void it_keeps_no_task_alive_and_what_is_gone_makes_room() {
        for (int i = 0; i < 300_000; i++) {
            Object task = new Object();
            table.add(new Entry(task, i), task);

            if (i % 50_000 == 0) {
                System.gc();
            }
        }
        System.gc();

        Object task = new Object();
        assertThat(table.add(new Entry(task, 1), task)).isTrue();
    }

    @Test
    void of_many_threads_that_want_to_run_one_task_one_gets_it() throws Exception {
        for (int round = 0; round < 500; round++) {
            Object task = new Object();
            table.add(new Entry(task, round), task);
            AtomicInteger winners = new AtomicInteger();
            CountDownLatch go = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (int i = 1; i <= 4; i++) {
                long id = i;
                threads.add(Thread.startVirtualThread(() -> {
                    await(go);
                    if (table.begin(task, id) != null) {
                        winners.incrementAndGet();
                    }
                }));
            }
            go.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(winners).hasValue(1);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void of_two_entries_that_two_threads_bring_for_one_object_both_go_on_with_the_same() {
        Object lock = new Object();
        Entry one = new Entry(lock, 7);
        table.add(one, lock);
        table.add(new Entry(lock, 8), lock);
        assertThat(table.first(lock)).isSameAs(one);
        assertThat(table.find(lock, 0)).isSameAs(one);
        assertThat(table.first(new Object())).isNull();
    }
}
