package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.AwaitSite;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.StackTrace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Await sites and acquisitions of {@link Awaits}, whose class file is read as that of any program. */
class AwaitSitesTest {

    private static final String REENTRANT = "java.util.concurrent.locks.ReentrantLock$NonfairSync";

    private final ClassFiles classes = ClassFiles.on(List.of(Path.of("target/test-classes")));
    private final AwaitSites sites = new AwaitSites(classes);

    @Test
    void the_second_of_three_awaits_is_number_two() {
        assertThat(sites.callSite(stack("three", "join", "second")))
                .hasToString("Awaits.three::await#2 of 3 (join)" + " Awaits.java:" + Awaits.line("second"));
    }

    @Test
    void two_awaits_of_one_line_are_told_apart_by_what_they_call() {
        assertThat(sites.callSite(stack("oneLine", "get", "one line")).ordinals())
                .containsExactly(1);
        assertThat(sites.callSite(stack("oneLine", "take", "one line")).ordinals())
                .containsExactly(2);
    }

    @Test
    void a_timeout_of_a_lifetime_that_is_written_out_is_no_end() {
        assertThat(sites.waitsForEver(stack("timed", "get", "endless"))).isTrue();
        assertThat(sites.waitsForEver(stack("timed", "get", "two years"))).isFalse();
        assertThat(sites.waitsForEver(stack("timed", "get", "computed"))).isFalse();
    }

    @Test
    void the_same_call_twice_on_a_line_is_both() {
        assertThat(sites.callSite(stack("twice", "get", "twice")).ordinals()).containsExactly(1, 2);
    }

    @Test
    void a_method_that_is_only_called_like_an_await_is_none() {
        AwaitSite site = sites.callSite(stack("decoy", "join", "real"));
        assertThat(site.count())
                .as("the decoy's own lock() and get() do not count")
                .isEqualTo(1);
    }

    @Test
    void a_task_that_is_nothing_but_a_method_of_the_jdk_waits_at_that_method() {
        String juc = "java.util.concurrent.";
        Frame park = new Frame("jdk.internal.misc.Unsafe", "park", "Unsafe.java", Frame.LINE_NATIVE);
        Frame wait = new Frame(juc + "CompletableFuture", "waitingGet", "CompletableFuture.java", 1_900);
        Frame join = new Frame(juc + "CompletableFuture", "join", "CompletableFuture.java", 2_100);
        Frame hidden = new Frame("shop.Main$$Lambda/0x00007f0001", "call", null, Frame.LINE_UNKNOWN);
        Frame run = new Frame(juc + "FutureTask", "run", "FutureTask.java", 300);
        Frame worker = new Frame(juc + "ThreadPoolExecutor", "runWorker", "ThreadPoolExecutor.java", 1_100);
        assertThat(sites.callSite(StackTrace.of(List.of(park, wait, join, hidden, run, worker))))
                .hasToString(juc + "CompletableFuture.join");
        assertThat(sites.callSite(StackTrace.of(List.of(park, wait, join, run, worker)))
                        .place())
                .isEqualTo(juc + "CompletableFuture.join");

        Frame take = new Frame(juc + "LinkedBlockingQueue", "take", "LinkedBlockingQueue.java", 400);
        Frame idle = new Frame(juc + "ThreadPoolExecutor", "getTask", "ThreadPoolExecutor.java", 1_000);
        assertThat(sites.callSite(StackTrace.of(List.of(park, take, worker))))
                .hasToString(juc + "LinkedBlockingQueue.take");
        assertThat(sites.callSite(StackTrace.of(List.of(park, take, idle, worker))))
                .as("a worker that waits for work")
                .hasToString("Unsafe.park (park) native");
    }

    @Test
    void a_subclass_of_a_future_counts() {
        assertThat(sites.callSite(stack("subclass", "get", "subclass")).count()).isEqualTo(1);
    }

    @Test
    void overloads_are_told_apart_by_their_lines() {
        assertThat(sites.callSite(stack("overloaded", "acquire", "overload two"))
                        .count())
                .isEqualTo(2);
        assertThat(sites.callSite(stack("overloaded", "take", "overload one")).count())
                .isEqualTo(1);
    }

    @Test
    void a_monitor_is_numbered_by_how_many_the_frame_holds() {
        Frame inside = Awaits.frame("nested", "inside");
        Frame between = Awaits.frame("nested", "between");
        AwaitSite second = sites.monitorSite(StackTrace.of(List.of(inside)), 1);
        AwaitSite first = sites.monitorSite(StackTrace.of(List.of(between)), 0);
        assertThat(second.ordinals()).containsExactly(2);
        assertThat(second.frame().line()).isEqualTo(Awaits.line("inner monitor"));
        assertThat(first.ordinals()).containsExactly(1);
    }

    @Test
    void the_monitors_of_a_frame_are_mapped_to_the_lines_that_entered_them() {
        StackTrace stack = stack("nested", "join", "inside");
        assertThat(line(sites.monitorEnteredAt(stack, 1, 0, 2))).isEqualTo(Awaits.line("inner monitor"));
        assertThat(line(sites.monitorEnteredAt(stack, 1, 1, 2))).isEqualTo(Awaits.line("outer monitor"));
    }

    @Test
    void a_count_that_the_bytecode_does_not_confirm_makes_the_line_unknown() {
        StackTrace stack = stack("nested", "join", "inside");
        assertThat(sites.monitorEnteredAt(stack, 1, 0, 3).provenance()).isEqualTo(Provenance.UNKNOWN);
    }

    @Test
    void a_synchronized_method_is_entered_at_its_first_line() {
        StackTrace stack = stack("whole", "join", "whole");
        assertThat(line(sites.monitorEnteredAt(stack, 1, 0, 1))).isEqualTo(Awaits.line("whole"));
        assertThat(sites.monitorSite(StackTrace.of(List.of(Awaits.frame("whole", "whole"))), 0)
                        .callee())
                .isEqualTo("synchronized method");
    }

    @Test
    void a_lock_taken_before_try_finally_is_still_held_inside() {
        Fact<Frame> taken =
                sites.lockAcquiredAt(stack("locked", "join", "under lock"), REENTRANT, AccessMode.EXCLUSIVE);
        assertThat(line(taken)).isEqualTo(Awaits.line("takes lock"));
        assertThat(taken.provenance()).isEqualTo(Provenance.INFERRED);
    }

    @Test
    void a_lock_released_before_the_line_is_not_held() {
        assertThat(sites.lockAcquiredAt(stack("released", "join", "after unlock"), REENTRANT, AccessMode.EXCLUSIVE)
                        .provenance())
                .isEqualTo(Provenance.UNKNOWN);
    }

    @Test
    void two_locks_that_both_fit_are_named_and_none_is_chosen() {
        Fact<Frame> taken = sites.lockAcquiredAt(stack("both", "join", "under both"), REENTRANT, AccessMode.EXCLUSIVE);
        assertThat(taken.orNull()).isNull();
        assertThat(taken.basis())
                .contains("Awaits.java:" + Awaits.line("lock one"))
                .contains("Awaits.java:" + Awaits.line("lock two"));
    }

    @Test
    void a_read_lock_taken_before_the_write_lock_is_seen() {
        StackTrace upgrade = stack("upgrade", "lock", "write half");
        assertThat(line(sites.readLockTakenBeforeWriteLock(upgrade))).isEqualTo(Awaits.line("read half"));
        StackTrace plain = stack("locked", "join", "under lock");
        assertThat(sites.readLockTakenBeforeWriteLock(plain).orNull()).isNull();
    }

    @Test
    void without_a_class_file_only_lines_are_told() {
        AwaitSites blind = new AwaitSites(ClassFiles.none());
        StackTrace stack = stack("three", "join", "second");
        assertThat(blind.callSite(stack).hasOrdinal()).isFalse();
        assertThat(blind.callSite(stack).frame().line()).isEqualTo(Awaits.line("second"));
        assertThat(blind.monitorEnteredAt(stack, 1, 0, 1).provenance()).isEqualTo(Provenance.UNKNOWN);
        assertThat(blind.lockAcquiredAt(stack, REENTRANT, AccessMode.EXCLUSIVE).provenance())
                .isEqualTo(Provenance.UNKNOWN);
    }

    @Test
    void a_damaged_class_file_is_as_good_as_none() {
        byte[] whole = classes.find(Awaits.class.getName());
        Random random = new Random(7);
        StackTrace stack = stack("three", "join", "second");
        for (int round = 0; round < 500; round++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i < 10; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            AwaitSite site = new AwaitSites(name -> damaged).callSite(stack);
            assertThat(site.frame().line()).isEqualTo(Awaits.line("second"));
        }
        whole[7] = 99; // a version that nobody knows
        assertThat(new AwaitSites(name -> whole).callSite(stack).hasOrdinal()).isFalse();
    }

    /** A stack whose own frame stands at a marked line and calls this method of the JDK. */
    private static StackTrace stack(String method, String callee, String mark) {
        List<Frame> frames = new ArrayList<>();
        frames.add(new Frame("java.util.concurrent.Something", callee, "Something.java", 1));
        frames.add(Awaits.frame(method, mark));
        return StackTrace.of(frames);
    }

    private static int line(Fact<Frame> fact) {
        assertThat(fact.orNull()).as("not known: %s", fact.basis()).isNotNull();
        return fact.orNull().line();
    }
}
