package dev.asyncinspect.weaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncinspect.testkit.OwnInstrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WeaverTest {

    private static final String SEMAPHORE = "java.util.concurrent.Semaphore";

    private final List<Object> seen = new ArrayList<>();
    private final Weaver weaver = Weaver.open(OwnInstrumentation.get(), Set.of());

    @AfterEach
    void nothing_of_ours_stays_in_the_JDK() {
        assertThat(weaver.remove()).as("what could not be restored").isEmpty();
    }

    @Test
    void a_hook_at_the_entry_gets_the_object_and_its_argument() {
        weave(Hook.named("semaphore.release")
                .in(SEMAPHORE)
                .method("release", "(I)V")
                .handing(Capture.argument(0), Capture.self())
                .toNumber((semaphore, permits) -> seen.addAll(List.of(semaphore, permits))));

        Semaphore semaphore = new Semaphore(0);
        semaphore.release(3);

        assertThat(seen).containsExactly(semaphore, 3L);
        assertThat(semaphore.availablePermits()).isEqualTo(3);
    }

    @Test
    void a_hook_at_the_exit_gets_what_is_returned() {
        weave(Hook.named("semaphore.try")
                .in(SEMAPHORE)
                .method("tryAcquire", "()Z")
                .at(Place.exit())
                .handing(Capture.top(), Capture.self())
                .toNumber((semaphore, got) -> seen.add(got)));

        Semaphore semaphore = new Semaphore(1);

        assertThat(semaphore.tryAcquire()).isTrue();
        assertThat(semaphore.tryAcquire()).isFalse();
        assertThat(seen).containsExactly(1L, 0L);
    }

    @Test
    void a_hook_before_a_call_gets_its_last_argument() {
        weave(Hook.named("future.failed")
                .in("java.util.concurrent.FutureTask")
                .method("run", "()V")
                .at(Place.beforeCall("setException"))
                .handing(Capture.top(), Capture.self())
                .to((thrown, future) -> seen.addAll(List.of(thrown, String.valueOf(future != null)))));
        IllegalStateException failure = new IllegalStateException("wanted");

        new FutureTask<>(() -> {
                    throw failure;
                })
                .run();

        assertThat(seen).containsExactly(failure, "true");
    }

    @Test
    void a_hook_gets_a_field_as_it_is_after_a_store() {
        weave(Hook.named("barrier.made")
                .in("java.util.concurrent.CyclicBarrier")
                .method("<init>", "(ILjava/lang/Runnable;)V")
                .at(Place.afterStore("parties"))
                .handing(Capture.field("parties"), Capture.self())
                .toNumber((barrier, parties) -> seen.add(parties)));

        new CyclicBarrier(7);

        assertThat(seen).containsExactly(7L);
    }

    @Test
    void a_hook_where_a_method_throws_is_called_then_alone_and_what_is_thrown_goes_on() {
        weave(
                hook("threw")
                        .in(SEMAPHORE)
                        .methods("release(I)V", "acquire()V")
                        .at(Place.thrown())
                        .handing(Capture.constant(7))
                        .toNumber((nothing, seven) -> seen.add(seven)),
                hook("threw.too")
                        .in(SEMAPHORE)
                        .method("release", "(I)V")
                        .at(Place.thrown())
                        .handing(Capture.constant(8))
                        .toNumber((nothing, eight) -> seen.add(eight)));
        Semaphore semaphore = new Semaphore(0);

        semaphore.release(1);
        assertThat(seen).isEmpty();
        assertThatThrownBy(() -> semaphore.release(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(seen).containsExactlyInAnyOrder(7L, 8L);
        assertThat(semaphore.tryAcquire()).isTrue();
        Thread.currentThread().interrupt();
        assertThatThrownBy(semaphore::acquire).isInstanceOf(InterruptedException.class);
        assertThat(seen).hasSize(3);
    }

    @Test
    void a_hook_for_a_class_that_the_program_loads_waits_for_that_and_works_then() throws Exception {
        String late = "javax.script.SimpleBindings"; // nobody else here needs it; the loader of the platform has it
        weave(
                hook("late").in(late).method("size", "()I").whenLoaded().to((bindings, nothing) -> seen.add("asked")),
                hook("never").in("no.such.Thing").methods("size").whenLoaded().to((a, b) -> seen.add(a)));
        assertThat(weaver.hooks()).allMatch(hook -> hook.status() == HookState.Status.PENDING);

        Object bindings = Class.forName(late).getConstructor().newInstance();
        assertThat(Class.forName("java.util.Map").getMethod("size").invoke(bindings))
                .isEqualTo(0);

        assertThat(seen).containsExactly("asked");
        assertThat(weaver.hooks())
                .extracting(HookState::status)
                .containsExactly(HookState.Status.ON, HookState.Status.PENDING);
        assertThat(weaver.remove()).isEmpty();
        Class.forName("java.util.Map").getMethod("size").invoke(bindings);
        assertThat(seen).hasSize(1);
        Weaver another = Weaver.open(OwnInstrumentation.get(), Set.of());
        another.install(List.of(
                hook("again").in(late).method("size", "()I").whenLoaded().to((again, nothing) -> seen.add("again"))));
        Class.forName("java.util.Map").getMethod("size").invoke(bindings);
        assertThat(another.remove()).isEmpty();
        assertThat(seen).containsExactly("asked", "again");
    }

    @Test
    void what_does_not_fit_is_skipped_and_says_why() {
        weave(
                hook("no.class").in("java.util.NoSuchThing").to((a, b) -> seen.add(a)),
                hook("no.method").in(SEMAPHORE).method("release", "(J)V").to((a, b) -> seen.add(a)),
                hook("no.place")
                        .in(SEMAPHORE)
                        .method("release", "()V")
                        .at(Place.beforeCall("lock"))
                        .to((a, b) -> seen.add(a)),
                hook("no.argument")
                        .in(SEMAPHORE)
                        .method("release", "(I)V")
                        .handing(Capture.argument(1))
                        .to((a, b) -> seen.add(a)),
                hook("number.for.object")
                        .in(SEMAPHORE)
                        .method("release", "(I)V")
                        .handing(Capture.argument(0))
                        .to((a, b) -> seen.add(a)),
                hook("object.where.it.throws")
                        .in(SEMAPHORE)
                        .method("release", "(I)V")
                        .at(Place.thrown())
                        .to((a, b) -> seen.add(a)),
                hook("entry.of.constructor")
                        .in(SEMAPHORE)
                        .method("<init>", "(I)V")
                        .to((a, b) -> seen.add(a)));

        new Semaphore(1).release();

        assertThat(seen).isEmpty();
        assertThat(weaver.hooks()).allMatch(hook -> hook.status() == HookState.Status.SKIPPED);
        assertThat(weaver.hooks())
                .extracting(HookState::detail)
                .containsExactly(
                        "this JDK has no such class",
                        "this class has no such method",
                        "found 0 such places, not 1",
                        "argument 1 is not there",
                        "argument 0 is of type I",
                        "where a method throws, nothing but a constant is there",
                        "a constructor has no object yet at its entry");
    }

    @Test
    void a_hook_that_fits_is_woven_without_what_another_one_of_the_class_left_half_done() {
        Hook half = Hook.named("future.half") // the first such call has an object on the stack, a later one has none
                .in("java.util.concurrent.FutureTask")
                .methods("run")
                .at(Place.beforeCall("set|handlePossibleCancellationInterrupt"))
                .handing(Capture.top(), Capture.self())
                .to((value, future) -> seen.add("half"));
        Hook whole = Hook.named("future.whole")
                .in("java.util.concurrent.FutureTask")
                .method("run", "()V")
                .to((future, nothing) -> seen.add("whole"));

        weave(half, whole);
        new FutureTask<>(() -> "value").run();

        assertThat(seen).containsExactly("whole");
        assertThat(weaver.hooks())
                .extracting(HookState::status)
                .containsExactly(HookState.Status.SKIPPED, HookState.Status.ON);
    }

    @Test
    void an_action_that_throws_is_counted_and_in_the_end_switched_off_and_the_program_does_not_notice() {
        AtomicInteger calls = new AtomicInteger();
        weave(hook("bad").in(SEMAPHORE).method("release", "()V").to((semaphore, nothing) -> {
            calls.incrementAndGet();
            throw new StackOverflowError("wanted");
        }));

        Semaphore semaphore = new Semaphore(0);
        for (int i = 0; i < LiveHook.MOST_FAILURES + 50; i++) {
            semaphore.release();
        }

        assertThat(semaphore.availablePermits()).isEqualTo(LiveHook.MOST_FAILURES + 50);
        assertThat(calls).hasValue(LiveHook.MOST_FAILURES);
        HookState state = weaver.hooks().get(0);
        assertThat(state.status()).isEqualTo(HookState.Status.DISABLED);
        assertThat(state.failures()).isEqualTo(LiveHook.MOST_FAILURES);
        assertThat(state.detail()).isEqualTo("threw java.lang.StackOverflowError");
    }

    @Test
    void after_remove_the_class_is_what_it_was_and_nothing_is_called() {
        byte[] before = LoadedBytes.of(Semaphore.class);
        weave(hook("entry").in(SEMAPHORE).method("release", "()V").to((semaphore, nothing) -> seen.add(semaphore)));
        assertThat(JdkBridge.LAYOUT.isCalledIn(LoadedBytes.of(Semaphore.class))).isTrue();

        assertThat(weaver.remove()).isEmpty();
        new Semaphore(0).release();

        assertThat(LoadedBytes.of(Semaphore.class)).isEqualTo(before);
        assertThat(seen).isEmpty();
        assertThat(weaver.hooks().get(0).status()).isEqualTo(HookState.Status.REMOVED);
    }

    @Test
    void a_class_that_another_agent_transforms_anew_keeps_the_hooks() throws Exception {
        weave(hook("entry").in(SEMAPHORE).method("release", "()V").to((semaphore, nothing) -> seen.add(semaphore)));

        OwnInstrumentation.get().retransformClasses(Semaphore.class);
        Semaphore semaphore = new Semaphore(0);
        semaphore.release();

        assertThat(seen).containsExactly(semaphore);
    }

    @Test
    void two_hooks_at_one_place_are_both_called() {
        weave(
                hook("first").in(SEMAPHORE).method("release", "()V").to((semaphore, nothing) -> seen.add("first")),
                hook("second").in(SEMAPHORE).method("release", "()V").to((semaphore, nothing) -> seen.add("second")));

        new Semaphore(0).release();

        assertThat(seen).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void only_one_weaver_works_in_a_JVM() {
        weave(hook("entry").in(SEMAPHORE).method("release", "()V").to((semaphore, nothing) -> seen.add(semaphore)));

        assertThatThrownBy(() -> Weaver.open(OwnInstrumentation.get(), Set.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("another agent of async-inspect records in this JVM");
    }

    private static Hook.Draft hook(String name) {
        return Hook.named(name);
    }

    private void weave(Hook... hooks) {
        weaver.install(List.of(hooks));
    }
}
