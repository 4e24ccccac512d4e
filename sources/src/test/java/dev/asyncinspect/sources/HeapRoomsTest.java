package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a heap tells of threads that wait for room in a full queue. */
class HeapRoomsTest {

    private static final String JUC = HeapScene.JUC;
    private static final String QUEUE = JUC + "ArrayBlockingQueue";
    private static final String CONDITION = JUC + "locks.AbstractQueuedSynchronizer$ConditionObject";

    private static final String PUMP = Pump.class.getName();

    /** Code to stand in; never run. */
    static final class Log {
        BlockingQueue<String> lines;

        void loop() throws InterruptedException {
            while (true) {
                append(lines.take());
            }
        }

        void loopByNext() throws InterruptedException {
            for (String line = next(); line != null; line = next()) {
                append(line);
            }
        }

        private String next() throws InterruptedException {
            return lines.take();
        }

        void append(String line) throws InterruptedException {
            lines.put(line);
        }

        void appendAndClearUp(String line) throws InterruptedException {
            lines.put(line);
            lines.poll();
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

    /** The same with a static field, by the name that heaps made here give it. */
    static final class Pump {
        static BlockingQueue<String> held;

        static void pump() throws InterruptedException {
            while (true) {
                held.put("a");
                held.take();
            }
        }
    }

    /** Other code that takes from the same. */
    static final class Sweeper {
        static void sweep() {
            while (true) {
                Pump.held.poll();
            }
        }
    }

    @TempDir
    Path folder;

    private final HeapScene scene = new HeapScene("");
    private final String log = Log.class.getName();
    private long queue;
    private long condition;
    private long owner;

    HeapRoomsTest() {
        scene.heap
                .type(CONDITION, "java.lang.Object", "firstWaiter", "this$0")
                .type(
                        JUC + "locks.AbstractQueuedSynchronizer$ConditionNode",
                        JUC + "locks.AbstractQueuedSynchronizer$Node",
                        "nextWaiter")
                .type(QUEUE, "java.lang.Object", "items", "notFull")
                .type(log, "java.lang.Object", "lines");
        queue = scene.heap.newId();
        condition = scene.heap.newId();
    }

    /** A thread that waits for room in the queue, below which these methods stand, the innermost first. */
    private long puts(String... below) {
        long thread = scene.newThread(true, condition);
        List<String> stack = new ArrayList<>(List.of(
                "jdk.internal.misc.Unsafe.park", JUC + "locks.LockSupport.park", CONDITION + ".await", QUEUE + ".put"));
        stack.addAll(List.of(below));
        Map<Integer, long[]> locals = new HashMap<>(Map.of(3, new long[] {queue}));
        for (int depth = 4; depth < stack.size(); depth++) {
            locals.put(depth, new long[] {owner});
        }
        scene.heap.stack(thread, stack, locals);
        putters.add(thread);
        return thread;
    }

    private final List<Long> putters = new ArrayList<>();

    /** Writes the queue and its log down; a static field leads to them if it is kept. */
    private Resource awaited(boolean kept) throws Exception {
        long next = 0;
        for (long thread : putters) {
            next = scene.heap.object(JUC + "locks.AbstractQueuedSynchronizer$ConditionNode", next, 0, 0, thread, 1);
        }
        scene.heap.object(condition, CONDITION, next, 0);
        scene.heap.object(queue, QUEUE, 0, condition);
        if (kept) {
            scene.heap.type("shop.Main", "java.lang.Object", owner == 0 ? queue : owner);
        }
        return Dumps.awaited(scene.in(folder, MonitorWitness.NONE, HeapRoomsTest::bytes), "t1");
    }

    private static byte[] bytes(String className) {
        try (InputStream in =
                HeapRoomsTest.class.getClassLoader().getResourceAsStream(className.replace('.', '/') + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A frame of this method of {@link Log}, on the line where it calls something of this name. */
    private String at(String method, String callee) {
        return at(log, method, callee);
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

    private void ownsTheQueue() {
        owner = scene.heap.object(log, queue);
    }

    private static void assertIsToEmptyIt(Resource resource, Provenance provenance) {
        Fact<List<Hold>> holders = resource.holders();
        assertThat(holders.provenance()).isEqualTo(provenance);
        assertThat(holders.orNull()).extracting(Hold::taskId).containsExactly(1L);
        assertThat(holders.orNull()).extracting(Hold::mode).containsExactly(AccessMode.RUNS);
    }

    @Test
    void a_consumer_that_puts_into_its_own_full_queue_is_the_one_to_empty_it() throws Exception {
        ownsTheQueue();
        puts(at("append", "put"), at("loop", "append"));
        Resource resource = awaited(true);
        assertIsToEmptyIt(resource, Provenance.INFERRED);
        assertThat(resource.className()).isEqualTo(QUEUE);
    }

    @Test
    void a_queue_that_nothing_else_reaches_is_emptied_by_its_consumer_for_certain() throws Exception {
        ownsTheQueue();
        puts(at("append", "put"), at("loop", "append"));
        assertIsToEmptyIt(awaited(false), Provenance.OBSERVED);
    }

    @Test
    void a_consumer_that_takes_by_another_method_of_its_class_is_one() throws Exception {
        ownsTheQueue();
        puts(at("append", "put"), at("loopByNext", "append"));
        assertIsToEmptyIt(awaited(true), Provenance.INFERRED);
    }

    @Test
    void others_who_wait_for_room_are_not_the_ones_to_make_it() throws Exception {
        ownsTheQueue();
        puts(at("append", "put"), at("loop", "append"));
        puts(at("append", "put"), "shop.Main.write");
        assertIsToEmptyIt(awaited(true), Provenance.INFERRED);
    }

    @Test
    void somebody_who_runs_and_has_the_log_may_take_from_its_queue() throws Exception {
        ownsTheQueue();
        puts(at("append", "put"), at("loop", "append"));
        scene.running(scene.newThread(false, 0), owner);
        assertThat(awaited(true).holders().provenance()).isEqualTo(Provenance.UNKNOWN);
    }

    @Test
    void who_only_puts_is_no_consumer() throws Exception {
        ownsTheQueue();
        puts(at("append", "put"), "shop.Main.write");
        assertThat(awaited(true).holders().provenance()).isEqualTo(Provenance.UNKNOWN);
    }

    @Test
    void who_takes_afterwards_to_clear_up_is_no_consumer() throws Exception {
        ownsTheQueue();
        puts(at("appendAndClearUp", "put"), "shop.Main.write");
        assertThat(awaited(true).holders().provenance()).isEqualTo(Provenance.UNKNOWN);
    }

    @Test
    void who_takes_from_a_variable_and_puts_into_it_is_a_consumer() throws Exception {
        puts(at("around", "put"));
        assertIsToEmptyIt(awaited(true), Provenance.INFERRED);
    }

    @Test
    void who_takes_from_one_variable_and_puts_into_another_is_no_consumer_of_that() throws Exception {
        puts(at("on", "put"));
        assertThat(awaited(true).holders().provenance()).isEqualTo(Provenance.UNKNOWN);
    }

    @Test
    void a_consumer_of_the_queue_of_a_static_field_is_one() throws Exception {
        scene.heap.type(PUMP, "java.lang.Object", queue);
        puts(at(PUMP, "pump", "put"));
        assertIsToEmptyIt(awaited(false), Provenance.INFERRED);
    }

    @Test
    void somebody_in_a_class_with_another_method_that_takes_from_that_field_may_come_by() throws Exception {
        scene.heap.type(PUMP, "java.lang.Object", queue);
        puts(at(PUMP, "pump", "put"));
        scene.heap.stack(scene.newThread(false, 0), List.of(Sweeper.class.getName() + ".start"), Map.of());
        assertThat(awaited(false).holders().provenance()).isEqualTo(Provenance.UNKNOWN);
    }
}
