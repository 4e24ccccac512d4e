package dev.asyncinspect.sources.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which threads of a heap can never go on, and by which paths somebody could still reach what they wait for. */
class StuckThreadsTest {

    @TempDir
    Path folder;

    private static HprofWriter heap(int idSize) {
        return new HprofWriter(idSize)
                .type("java.lang.Thread", "java.lang.Object", "target", "uncaughtExceptionHandler")
                .type("shop.Worker", "java.lang.Thread", "job")
                .type("java.lang.ref.WeakReference", "java.lang.Object", "referent")
                .type("shop.Box", "java.lang.Object", "content");
    }

    private StuckThreads stuck(HprofWriter writer, long... threadsAndAwaited) throws IOException {
        Heap heap = Heap.open(writer.to(folder.resolve("h.hprof")));
        List<Awaited> waits = new ArrayList<>();
        for (int i = 0; i < threadsAndAwaited.length; i += 2) {
            long id = threadsAndAwaited[i];
            HeapThread thread = heap.threads().stream()
                    .filter(t -> t.objectId() == id)
                    .findFirst()
                    .orElseThrow();
            waits.add(new Awaited(thread, threadsAndAwaited[i + 1], 0));
        }
        return StuckThreads.in(heap, waits);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void a_thread_whose_object_only_it_knows_is_stuck(int idSize) throws IOException {
        HprofWriter heap = heap(idSize);
        long box = heap.object("shop.Box", 0);
        long waiter = heap.object("java.lang.Thread");
        heap.thread(waiter, box);
        assertThat(stuck(heap, waiter, box).isStuck(waiter)).isTrue();
    }

    @Test
    void a_running_thread_that_has_the_object_on_its_stack_or_in_its_fields_can_help() throws IOException {
        HprofWriter heap = heap(8);
        long box = heap.object("shop.Box", 0);
        long other = heap.object("shop.Box", 0);
        long waiter = heap.object("java.lang.Thread");
        long second = heap.object("java.lang.Thread");
        heap.thread(waiter, box).thread(second, other);
        heap.thread(heap.object("java.lang.Thread", other), heap.array(box));
        assertThat(stuck(heap, waiter, box, second, other).all()).isEmpty();
    }

    @Test
    void a_phantom_reference_gives_nobody_what_it_refers_to() throws IOException {
        HprofWriter heap = heap(8).type("java.lang.ref.Reference", "java.lang.Object", "referent", "queue")
                .type("java.lang.ref.PhantomReference", "java.lang.ref.Reference", "list");
        long box = heap.object("shop.Box", 0);
        long other = heap.object("shop.Box", 0);
        long waiter = heap.object("java.lang.Thread");
        long second = heap.object("java.lang.Thread");
        long phantom = heap.object("java.lang.ref.PhantomReference", 0, other, box);
        heap.thread(waiter, box).thread(second, other).root(phantom);
        StuckThreads stuck = stuck(heap, waiter, box, second, other);
        assertThat(stuck.isStuck(second)).isTrue();
        assertThat(stuck.isStuck(waiter))
                .as("its other fields are references like any")
                .isFalse();
    }

    private StuckThreads withBacklog(HprofWriter writer, long backlog, long[] takers, long... threadsAndAwaited)
            throws IOException {
        Heap heap = Heap.open(writer.to(folder.resolve("h.hprof")));
        List<Awaited> waits = new ArrayList<>();
        for (int i = 0; i < threadsAndAwaited.length; i += 2) {
            long id = threadsAndAwaited[i];
            long awaited = threadsAndAwaited[i + 1];
            heap.threads().stream()
                    .filter(thread -> thread.objectId() == id)
                    .map(thread -> new Awaited(thread, awaited, 0))
                    .forEach(waits::add);
        }
        Set<Long> all = Arrays.stream(takers).boxed().collect(Collectors.toSet());
        return StuckThreads.in(heap, waits, PoolBooks.NONE, List.of(new Backlog(backlog, all)));
    }

    @Test
    void what_only_a_backlog_leads_to_helps_nobody_while_all_who_take_from_it_are_stuck() throws IOException {
        HprofWriter heap = heap(8);
        long latch = heap.object("shop.Box", 0);
        long backlog = heap.object("shop.Box", latch);
        long worker = heap.object("java.lang.Thread");
        long other = heap.object("java.lang.Thread");
        long key = heap.object("shop.Box", 0);
        heap.thread(worker, latch).thread(other, key).root(backlog);
        assertThat(withBacklog(heap, backlog, new long[] {worker}, worker, latch, other, key)
                        .isStuck(worker))
                .isTrue();
    }

    @Test
    void a_backlog_opens_when_one_who_takes_from_it_may_go_on() throws IOException {
        HprofWriter heap = heap(8);
        long latch = heap.object("shop.Box", 0);
        long backlog = heap.object("shop.Box", latch);
        long worker = heap.object("java.lang.Thread");
        long other = heap.object("java.lang.Thread");
        long key = heap.object("shop.Box", 0);
        heap.thread(worker, latch).thread(other, key).root(backlog).root(key);
        StuckThreads stuck = withBacklog(heap, backlog, new long[] {worker, other}, worker, latch, other, key);
        assertThat(stuck.all())
                .as("the other worker goes on, and may take the work that helps")
                .isEmpty();
    }

    @Test
    void statics_and_native_code_can_help() throws IOException {
        HprofWriter heap = heap(8);
        long box = heap.object("shop.Box", 0);
        long other = heap.object("shop.Box", 0);
        long waiter = heap.object("java.lang.Thread");
        long second = heap.object("java.lang.Thread");
        heap.thread(waiter, box).thread(second, other).root(other);
        heap.type("shop.Registry", "java.lang.Object", box);
        assertThat(stuck(heap, waiter, box, second, other).all()).isEmpty();
    }

    @Test
    void whoever_has_a_weak_reference_can_help_for_the_waiter_keeps_its_referent() throws IOException {
        HprofWriter heap = heap(8);
        long box = heap.object("shop.Box", 0);
        long waiter = heap.object("java.lang.Thread");
        heap.thread(waiter, box).root(heap.object("java.lang.ref.WeakReference", box));
        assertThat(stuck(heap, waiter, box).all()).isEmpty();
    }

    @Test
    void to_know_a_thread_is_not_to_know_what_it_keeps_for_itself() throws IOException {
        HprofWriter heap = heap(8);
        long box = heap.object("shop.Box", 0);
        long waiter = heap.object("java.lang.Thread", box);
        heap.thread(waiter, box).root(waiter);
        assertThat(stuck(heap, waiter, box).isStuck(waiter)).isTrue();
    }

    @Test
    void whoever_knows_a_thread_that_was_not_started_can_start_it() throws IOException {
        HprofWriter heap = heap(8);
        long box = heap.object("shop.Box", 0);
        long waiter = heap.object("java.lang.Thread");
        long hook = heap.object("java.lang.Thread", heap.object("shop.Box", box));
        heap.thread(waiter, box).root(hook);
        assertThat(stuck(heap, waiter, box).all()).isEmpty();
    }

    @Test
    void but_fields_of_its_own_class_and_its_handler_are_open_to_all() throws IOException {
        HprofWriter heap = heap(8);
        long box = heap.object("shop.Box", 0);
        long other = heap.object("shop.Box", 0);
        long worker = heap.object("shop.Worker", box);
        long handled = heap.object("java.lang.Thread", 0, heap.object("shop.Box", other));
        heap.thread(worker, box).thread(handled, other).root(worker).root(handled);
        assertThat(stuck(heap, worker, box, handled, other).all()).isEmpty();
    }

    @Test
    void one_that_may_go_on_can_help_the_next_and_so_on() throws IOException {
        HprofWriter heap = heap(8);
        long[] boxes = new long[5];
        long[] waits = new long[8];
        for (int i = 0; i < 5; i++) {
            boxes[i] = heap.object("shop.Box", 0);
        }
        for (int i = 0; i < 4; i++) {
            long thread = heap.object("java.lang.Thread");
            heap.thread(thread, boxes[i], boxes[i + 1]);
            waits[2 * i] = thread;
            waits[2 * i + 1] = boxes[i];
        }
        assertThat(stuck(heap, waits).all()).hasSize(4);
        heap.root(boxes[0]);
        assertThat(stuck(heap, waits).all()).isEmpty();
    }

    @Test
    void two_that_only_each_other_could_help_are_told_who_reaches_what() throws IOException {
        HprofWriter heap = heap(8);
        long left = heap.object("shop.Box", 0);
        long right = heap.object("shop.Box", 0);
        long both = heap.array(left, right);
        long one = heap.object("java.lang.Thread");
        long two = heap.object("java.lang.Thread");
        heap.thread(one, both).thread(two, both);
        StuckThreads stuck = stuck(heap, one, left, two, right);
        assertThat(stuck.all()).hasSize(2);
        assertThat(Objects.requireNonNull(stuck.reachers()))
                .containsEntry(left, List.of(two))
                .containsEntry(right, List.of(one));
    }

    @Test
    void a_dump_cut_anywhere_is_damaged_and_nothing_else() throws IOException {
        HprofWriter heap = heap(8);
        heap.thread(heap.object("shop.Worker"), heap.array(heap.object("shop.Box", 0)));
        byte[] whole = heap.bytes();
        for (int length = 0; length < whole.length; length++) {
            Path file = Files.write(folder.resolve("cut.hprof"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Heap.open(file))
                    .as("cut at " + length)
                    .isInstanceOf(DamagedHeapException.class)
                    .hasMessageMatching("it is (cut off|no heap dump).*");
        }
        assertThat(Heap.open(Files.write(folder.resolve("whole.hprof"), whole)).threads())
                .hasSize(1);
    }

    @Test
    void what_is_no_heap_dump_is_damaged() throws IOException {
        Path file = Files.writeString(folder.resolve("x.hprof"), "something else entirely");
        assertThatThrownBy(() -> Heap.open(file)).isInstanceOf(DamagedHeapException.class);
    }
}
