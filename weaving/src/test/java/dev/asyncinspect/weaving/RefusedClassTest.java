package dev.asyncinspect.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.OwnInstrumentation;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A JVM that does not let itself be woven everywhere. */
class RefusedClassTest {

    private final List<Integer> asked = new ArrayList<>();
    private final List<Object> seen = new ArrayList<>();
    private boolean refuses;
    private final Weaver weaver = Weaver.open(refusing(Semaphore.class), Set.of());

    @BeforeEach
    void weave() {
        refuses = true;
        weaver.install(List.of(
                Hook.named("semaphore.release")
                        .in("java.util.concurrent.Semaphore")
                        .method("release", "()V")
                        .to((semaphore, nothing) -> seen.add(semaphore)),
                Hook.named("latch.down")
                        .in("java.util.concurrent.CountDownLatch")
                        .method("countDown", "()V")
                        .to((latch, nothing) -> seen.add(latch))));
    }

    @AfterEach
    void nothing_of_ours_stays() {
        refuses = false;
        assertThat(weaver.remove()).isEmpty();
    }

    @Test
    void a_class_that_refuses_does_not_take_the_others_with_it() {
        assertThat(weaver.hooks())
                .extracting(HookState::status)
                .containsExactly(HookState.Status.SKIPPED, HookState.Status.ON);
        assertThat(weaver.hooks().get(0).detail()).startsWith("this JVM refused the class: ");

        CountDownLatch latch = new CountDownLatch(1);
        new Semaphore(0).release();
        latch.countDown();

        assertThat(seen).containsExactly(latch);
    }

    @Test
    void what_does_not_refuse_is_asked_for_all_at_once() {
        refuses = false;
        assertThat(weaver.remove()).isEmpty();

        assertThat(asked)
                .as("all, then one by one; to restore the one that is woven")
                .containsExactly(2, 1, 1, 1);
    }

    private Instrumentation refusing(Class<?> type) {
        return (Instrumentation) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Instrumentation.class}, (self, method, arguments) -> {
                    if (method.getName().equals("retransformClasses")) {
                        List<Class<?>> classes = List.of((Class<?>[]) arguments[0]);
                        asked.add(classes.size());
                        if (refuses && classes.contains(type)) {
                            throw new UnsupportedOperationException("class redefinition failed: planted");
                        }
                    }
                    try {
                        return method.invoke(OwnInstrumentation.get(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
