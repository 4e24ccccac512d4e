package dev.asyncinspect.weaving.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.asyncinspect.weaving.HookState;
import dev.asyncinspect.weaving.LoadedBytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
class TraceWeavingTest {

    @RegisterExtension
    final Woven woven = new Woven();

    private final GuestLoader program = new GuestLoader();
    private final CompletableFuture<Integer> open = new CompletableFuture<>();

    @Test
    void each_await_of_a_traced_method_has_its_number_and_its_line_while_it_waits() throws Exception {
        woven.weaver.install();

        assertThat(labelOf("two", open, open)).matches("Loads\\.two::await#1 of 2 \\(get\\) Loads\\.java:11");
        CompletableFuture<Integer> second = new CompletableFuture<>();
        assertThat(labelOf("two", CompletableFuture.completedFuture(1), second))
                .matches("Loads\\.two::await#2 of 2 \\(get\\) Loads\\.java:12");
    }

    @Test
    void a_class_that_was_loaded_before_is_woven_late_and_after_remove_it_is_what_it_was() throws Exception {
        program.call("Loads", "two", CompletableFuture.completedFuture(1), CompletableFuture.completedFuture(2));
        Class<?> loads = program.loadClass("guest.Loads");
        byte[] before = LoadedBytes.of(loads);

        woven.weaver.install();
        assertThat(labelOf("named", open)).isEqualTo("the second load::await#1 of 1 (get) Loads.java:17");
        assertThat(ProgramBridge.LAYOUT.isCalledIn(LoadedBytes.of(loads))).isTrue();

        assertThat(woven.weaver.remove()).isEmpty();
        assertThat(LoadedBytes.of(loads)).isEqualTo(before);
        assertThat(woven.line("program.traced").status()).isEqualTo(HookState.Status.REMOVED);
    }

    @Test
    void a_method_without_the_annotation_has_no_label_and_one_that_has_returned_or_thrown_has_none_left()
            throws Exception {
        woven.weaver.install();
        assertThat(labelOf("untold", open)).isEqualTo("none");

        CompletableFuture<Integer> failed = CompletableFuture.failedFuture(new IllegalStateException("wanted"));
        assertThat(labelAfter("named", CompletableFuture.completedFuture(1))).isEqualTo("none");
        assertThat(labelAfter("named", failed)).isEqualTo("none");
        // In the handler of the program the await is over: what it waits for there is another matter.
        assertThat(labelOf("caught", failed, new CompletableFuture<>())).isEqualTo("none");
    }

    @Test
    void a_woven_method_does_what_it_did() {
        GuestLoader plain = new GuestLoader();
        String before = outcomes(plain);
        woven.weaver.install();
        assertThat(outcomes(program)).isEqualTo(before);
        assertThat(woven.line("program.traced").places()).isPositive();
    }

    private static String outcomes(GuestLoader loader) {
        Future<Integer> done = CompletableFuture.completedFuture(21);
        Future<Integer> failed = CompletableFuture.failedFuture(new IllegalStateException("wanted"));
        Object lock = new Object();
        return loader.call("Loads", "two", done, done) + " " + loader.call("Loads", "caught", failed, done) + " "
                + loader.call("Loads", "caught", done, done) + " "
                + loader.call("Loads", "monitor", lock).equals((long) System.identityHashCode(lock)) + " "
                + loader.call("Loads", "mixed", new Future<?>[] {done, done}, 7L, true);
    }

    @Test
    void a_traced_class_has_all_its_methods_woven_with_lambdas_and_types_of_its_own_but_no_constructor()
            throws Exception {
        woven.weaver.install();
        Class<?> type = program.loadClass("guest.WholeClass");
        Object[] made = new Object[1];
        Thread constructing =
                waiting(() -> made[0] = type.getConstructor(Future.class).newInstance(open));
        assertThat(woven.label(constructing)).isEqualTo("none");
        open.complete(1);
        constructing.join();

        CompletableFuture<Integer> later = new CompletableFuture<>();
        Object callable = type.getMethod("later", Future.class).invoke(made[0], later);
        Thread lambda = waiting(() -> ((Callable<?>) callable).call());
        assertThat(woven.label(lambda)).isEqualTo("WholeClass.lambda$later$0::await#1 of 1 (get) WholeClass.java:29");
        later.complete(2);
        lambda.join();
        assertThat(type.getMethod("locked").invoke(made[0])).isEqualTo(1);
        assertThat(linesOf("guest/WholeClass"))
                .extracting(HookState::detail, HookState::places)
                .containsExactly(tuple("2 methods of 1 class", 2));
    }

    @Test
    void calls_that_stop_in_native_code_of_older_JDKs_are_known_by_their_descriptor() {
        assertThat(LabelledCode.isNative("sleep", "(J)V")).isTrue();
        assertThat(LabelledCode.isNative("wait", "(J)V")).isTrue();
        assertThat(LabelledCode.isNative("sleep", "(JI)V"))
                .as("has Java code, and a hook")
                .isFalse();
        assertThat(LabelledCode.isNative("wait", "()V")).as("likewise").isFalse();
        assertThat(LabelledCode.isNative("parkNanos", "(J)V")).isFalse();
    }

    @Test
    void a_program_that_uses_nothing_of_this_has_no_line_in_the_table() throws Exception {
        assertThat(linesOf("guest/Tasks")).isEmpty();
    }

    /** What the hook table says once this class alone is loaded; programs of other tests may still be about in this JVM. */
    private List<HookState> linesOf(String type) throws IOException {
        ProgramTable table = new ProgramTable();
        try (InputStream in = Objects.requireNonNull(program.getResourceAsStream(type + ".class"))) {
            new ProgramTransformer(woven.recorder, table, false)
                    .transform(program, type, null, null, in.readAllBytes());
        }
        return table.lines();
    }

    /** The label of a thread that waits in this method, which is let go then. */
    private String labelOf(String method, Object... arguments) throws Exception {
        Thread thread = waiting(() -> program.call("Loads", method, arguments));
        String label = woven.label(thread);
        for (Object argument : arguments) {
            ((CompletableFuture<?>) argument).cancel(true);
        }
        thread.join();
        return label;
    }

    /** The label that a thread has after it has called this method. */
    private String labelAfter(String method, Object argument) throws Exception {
        String[] label = new String[1];
        Thread thread = new Thread(() -> {
            try {
                program.call("Loads", method, argument);
            } catch (IllegalStateException wanted) {
                assertThat(wanted).hasMessageContaining("wanted");
            }
            label[0] = woven.label(Thread.currentThread());
        });
        thread.start();
        thread.join();
        return label[0];
    }

    private static Thread waiting(Waiting work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (Exception letGo) {
                // its future was cancelled
            }
        });
        thread.start();
        while (LockSupport.getBlocker(thread) == null) {
            Thread.onSpinWait();
        }
        return thread;
    }

    /** Something that waits. */
    private interface Waiting {
        void run() throws Exception;
    }
}
