package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.rows.Relation;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who is said to take from a full queue, of which an agent tells who leads to it. */
class AttachRoomsTest {

    private static final String JUC = "java.util.concurrent.";
    private static final String QUEUE = JUC + "ArrayBlockingQueue";
    private static final String CONDITION = JUC + "locks.AbstractQueuedSynchronizer$ConditionObject";
    private static final String LOG = Log.class.getName();
    private static final String PUMP = Pump.class.getName();
    private static final String WORKER = Worker.class.getName();
    private static final String[] PUTS = {
        "jdk.internal.misc.Unsafe.park:1", CONDITION + ".await:2", QUEUE + ".put:3",
    };

    /** Code to stand in; never run. */
    static final class Log {
        BlockingQueue<String> lines;
        BlockingQueue<String> others;

        void loop() throws InterruptedException {
            while (true) {
                append(lines.take());
            }
        }

        void append(String line) throws InterruptedException {
            lines.put(line);
        }

        void pass(Log next) throws InterruptedException {
            while (true) {
                next.lines.put(lines.take());
            }
        }

        void drain() {
            lines.poll();
        }
    }

    /** Somebody who takes for a log. */
    static final class Worker {
        Log log;

        void run() throws InterruptedException {
            while (true) {
                log.append(log.lines.take());
            }
        }
    }

    /** The same with a static field and with variables. */
    static final class Pump {
        static BlockingQueue<String> held;

        static void pump() throws InterruptedException {
            while (true) {
                held.put("a");
                held.take();
            }
        }

        static BlockingQueue<Integer> numbers;

        static void count() throws InterruptedException {
            while (true) {
                numbers.put(Integer.valueOf(held.size()));
                numbers.take();
            }
        }

        static void around(BlockingQueue<String> queue) throws InterruptedException {
            while (true) {
                queue.put(queue.take());
            }
        }

        static void on(BlockingQueue<String> in, BlockingQueue<String> out) throws InterruptedException {
            while (true) {
                String line = in.take();
                out.put(line);
            }
        }
    }

    /** Code of others. */
    static final class Others {
        static void sweeps() {
            while (true) {
                Thread.onSpinWait();
                Pump.held.poll();
            }
        }

        static void stopsSoon(Log log) throws InterruptedException {
            TimeUnit.HOURS.sleep(1);
            log.drain();
        }

        static void drains(BlockingQueue<String> queue) throws InterruptedException {
            TimeUnit.HOURS.sleep(1);
            queue.poll();
        }
    }

    /** Code that empties the queue of a log by other means. */
    static final class Cleaner {
        static void cleans(Log log) throws InterruptedException {
            TimeUnit.HOURS.sleep(1);
            log.lines.clear();
        }
    }

    /** Code that has nothing to do with queues. */
    static final class Idler {
        static void idles() throws InterruptedException {
            TimeUnit.HOURS.sleep(1);
        }
    }

    private final ToldRows told =
            new ToldRows().object("room", CONDITION).object("queue", QUEUE).number("room", Relation.ALL_WAYS, 1);

    private void found() {
        told.link("room", Relation.ROOM, "queue");
    }

    private void puts(String thread, String... below) {
        told.parked(thread, "room", stack(PUTS, below));
    }

    private static String[] stack(String[] above, String... below) {
        return Stream.of(above, below).flatMap(Arrays::stream).toArray(String[]::new);
    }

    private void leads(String thread, String field, int steps, String queue) {
        String way = thread + field + queue;
        told.object(way, "")
                .text(way, Relation.FIELD, field)
                .number(way, Relation.STEPS, steps)
                .link(way, Relation.LEADS_TO, queue)
                .threadLink(way, Relation.BEGINS, thread);
    }

    private Fact<List<Hold>> holders() {
        return awaited().holders();
    }

    private Resource awaited() {
        return Dumps.awaited(told.snapshot(AttachRoomsTest::bytes), "consumer");
    }

    private static byte[] bytes(String className) {
        try (InputStream in =
                AttachRoomsTest.class.getClassLoader().getResourceAsStream(className.replace('.', '/') + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String at(String className, String method, String callee) {
        return CodeScanner.scan(bytes(className)).stream()
                .filter(code -> code.name.equals(method))
                .flatMap(code -> code.instructions.stream())
                .filter(call -> call.name().equals(callee))
                .findFirst()
                .map(call -> className + "." + method + ":" + call.line())
                .orElseThrow();
    }

    private void assertTakes(String... threads) {
        assertThat(holders().provenance()).isEqualTo(Provenance.INFERRED);
        assertThat(holders().orNull())
                .extracting(Hold::taskId)
                .containsExactlyInAnyOrder(Stream.of(threads).map(told::id).toArray(Long[]::new));
    }

    private void assertUnknown() {
        assertThat(holders().provenance()).isEqualTo(Provenance.UNKNOWN);
    }

    private void consumer() {
        found();
        puts("consumer", at(LOG, "append", "put"), at(WORKER, "run", "append"));
        leads("consumer", LOG + ".lines", 1, "queue");
    }

    @Test
    void a_consumer_that_puts_into_the_queue_it_leads_to_is_the_one_to_empty_it() {
        consumer();
        assertTakes("consumer");
        assertThat(awaited().className()).isEqualTo(QUEUE);
    }

    @Test
    void others_who_wait_for_room_are_not_the_ones_to_make_it() {
        consumer();
        puts("writer", at(LOG, "append", "put"), "shop.Main.write:5");
        leads("writer", LOG + ".lines", 1, "queue");
        assertTakes("consumer");
    }

    @Test
    void who_takes_from_a_queue_of_that_field_and_puts_into_that_of_another_is_no_consumer_of_that() {
        found();
        told.object("own", QUEUE);
        puts("consumer", at(LOG, "pass", "put"));
        leads("consumer", LOG + ".lines", 0, "own");
        leads("consumer", LOG + ".lines", 1, "queue");
        assertUnknown();
    }

    @Test
    void who_leads_to_two_queues_as_near_by_that_field_is_no_consumer() {
        consumer();
        told.object("second", QUEUE);
        leads("consumer", LOG + ".lines", 1, "second");
        assertUnknown();
    }

    @Test
    void who_leads_to_the_queue_by_another_field_is_no_consumer() {
        found();
        puts("consumer", at(LOG, "append", "put"), at(WORKER, "run", "append"));
        leads("consumer", LOG + ".others", 1, "queue");
        assertUnknown();
    }

    @Test
    void who_only_puts_is_no_consumer() {
        found();
        puts("consumer", at(LOG, "append", "put"), "shop.Main.write:5");
        leads("consumer", LOG + ".lines", 1, "queue");
        assertUnknown();
    }

    @Test
    void somebody_who_runs_and_leads_to_the_queue_may_take_from_it() {
        consumer();
        told.runs("other");
        leads("other", "shop.Main.log", 1, "queue");
        assertUnknown();
        assertThat(holders().basis())
                .isEqualTo("Task #2 'other' (platform) may take from it as well, and can still run");
    }

    @Test
    void somebody_who_waits_and_leads_to_the_queue_counts_as_one_who_takes() {
        consumer();
        told.object("latch", JUC + "CountDownLatch$Sync")
                .parked("other", "latch", JUC + "CountDownLatch.await:9", "shop.Main.await:5");
        leads("other", "shop.Main.log", 1, "queue");
        assertTakes("consumer", "other");
    }

    @Test
    void a_second_consumer_that_computes_is_one_too() {
        consumer();
        told.thread("other", "RUNNABLE", "", "shop.Main.compute:3", at(LOG, "loop", "append"));
        leads("other", LOG + ".lines", 1, "queue");
        assertThat(Dumps.awaited(told.snapshot(AttachRoomsTest::bytes), "consumer")
                        .knownHolders())
                .extracting(Hold::taskId)
                .containsExactly(told.id("consumer"), told.id("other"));
    }

    @Test
    void somebody_in_code_that_takes_from_that_field_of_who_knows_what_may_come_by() {
        consumer();
        told.thread("other", "RUNNABLE", "", "shop.Main.compute:3", at(LOG, "append", "put"));
        assertUnknown();
    }

    @Test
    void somebody_in_that_code_with_a_queue_of_his_own_may_not() {
        consumer();
        told.object("own", QUEUE).thread("other", "RUNNABLE", "", "shop.Main.compute:3", at(LOG, "loop", "append"));
        leads("other", LOG + ".lines", 1, "own");
        assertTakes("consumer");
    }

    @Test
    void somebody_who_calls_a_method_that_takes_may_come_by() {
        consumer();
        told.thread(
                "other",
                "TIMED_WAITING",
                "",
                "java.lang.Thread.sleep:9",
                at(Others.class.getName(), "stopsSoon", "sleep"));
        assertUnknown();
    }

    @Test
    void somebody_who_clears_the_queue_may_come_by() {
        consumer();
        told.thread(
                "other",
                "TIMED_WAITING",
                "",
                "java.lang.Thread.sleep:9",
                at(Cleaner.class.getName(), "cleans", "sleep"));
        assertUnknown();
    }

    @Test
    void somebody_who_takes_from_a_variable_may_come_by() {
        consumer();
        told.thread(
                "other",
                "TIMED_WAITING",
                "",
                "java.lang.Thread.sleep:9",
                at(Others.class.getName(), "drains", "sleep"));
        assertUnknown();
    }

    @Test
    void somebody_who_has_nothing_to_do_with_it_does_not_count() {
        consumer();
        told.thread(
                "other", "TIMED_WAITING", "", "java.lang.Thread.sleep:9", at(Idler.class.getName(), "idles", "sleep"));
        assertTakes("consumer");
    }

    @Test
    void a_consumer_of_the_queue_of_a_static_field_is_one() {
        puts("consumer", at(PUMP, "pump", "put"));
        assertTakes("consumer");
    }

    @Test
    void a_field_is_known_also_if_something_is_called_to_know_what_to_put() {
        puts("consumer", at(PUMP, "count", "put"));
        assertTakes("consumer");
    }

    @Test
    void somebody_else_whose_code_takes_from_that_static_field_may_come_by() {
        puts("consumer", at(PUMP, "pump", "put"));
        told.thread("other", "RUNNABLE", "", at(Others.class.getName(), "sweeps", "onSpinWait"));
        assertUnknown();
    }

    @Test
    void who_takes_from_the_variable_on_which_it_puts_is_a_consumer() {
        puts("consumer", at(PUMP, "around", "put"));
        assertTakes("consumer");
    }

    @Test
    void who_takes_from_the_field_of_the_object_that_it_puts_into_is_a_consumer() {
        puts("consumer", at(LOG, "append", "put"), at(LOG, "loop", "append"));
        assertTakes("consumer");
    }

    @Test
    void who_puts_into_that_field_of_another_object_is_no_consumer_of_that() {
        puts("consumer", at(LOG, "pass", "put"));
        assertUnknown();
    }

    @Test
    void who_takes_from_one_variable_and_puts_into_another_is_no_consumer_of_that() {
        puts("consumer", at(PUMP, "on", "put"));
        assertUnknown();
    }

    @Test
    void workers_of_a_full_pool_take_from_its_queue_and_of_one_that_can_grow_nobody_says() {
        found();
        told.fullPool("pool", "consumer").link("pool", Relation.QUEUE, "queue");
        puts("consumer", "shop.Main.cook:5");
        assertTakes("consumer");
        told.number("pool", Relation.MAX_WORKERS, 2);
        assertUnknown();
    }

    @Test
    void as_long_as_not_all_ways_were_looked_for_nothing_is_said() {
        consumer();
        told.number("room", Relation.ALL_WAYS, 0);
        assertUnknown();
    }

    @Test
    void who_puts_for_a_time_makes_no_room_of_it() {
        found();
        told.thread(
                "consumer",
                "TIMED_WAITING",
                "room",
                stack(
                        new String[] {CONDITION + ".awaitNanos:2", QUEUE + ".offer:3"},
                        at(LOG, "append", "put"),
                        at(LOG, "loop", "append")));
        leads("consumer", LOG + ".lines", 1, "queue");
        assertUnknown();
    }
}
