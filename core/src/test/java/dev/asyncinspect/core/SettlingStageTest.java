package dev.asyncinspect.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method of {@link CompletableFuture} that gives a stage, as this JDK has them: none leaves a task that never ends. */
@ExtendWith(Recorded.class)
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of them is looked up in the record
class SettlingStageTest {

    private static final int FEWEST_METHODS = 45;

    static Stream<Method> methods() {
        return Arrays.stream(CompletableFuture.class.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isBridge())
                .filter(method -> CompletionStage.class.isAssignableFrom(method.getReturnType()))
                .filter(method -> !method.getName().equals("newIncompleteFuture")); // nobody completes that one
    }

    @Timeout(value = 1, unit = TimeUnit.MINUTES) // it waits for what must come
    @ParameterizedTest
    @MethodSource("methods")
    void what_is_derived_from_a_stage_that_is_done_is_over_as_well(Method method) throws Exception {
        isOver(method, CompletableFuture.completedFuture("done"));
        isOver(method, CompletableFuture.failedFuture(new IllegalStateException("failed")));
        assertThat(methods()).hasSizeGreaterThan(FEWEST_METHODS);
    }

    private static void isOver(Method method, CompletableFuture<String> source) throws Exception {
        method.invoke(Inspect.future("stage", source), arguments(method));
        while (!Inspector.global().tasks(TaskQuery.ALL.named("stage").live()).isEmpty()) {
            assertThat(Thread.interrupted()).as("it ends").isFalse(); // the work of some is done by another thread
        }
    }

    private static Object[] arguments(Method method) {
        boolean composes = method.getName().contains("ompose");
        return Arrays.stream(method.getParameterTypes())
                .map(type -> argument(type, composes))
                .toArray();
    }

    private static Object argument(Class<?> type, boolean composes) {
        if (type == CompletionStage.class) {
            return CompletableFuture.completedFuture("other");
        }
        if (type == Executor.class) {
            return (Executor) Runnable::run;
        }
        if (type == long.class) {
            return 1L;
        }
        if (type == TimeUnit.class) {
            return TimeUnit.DAYS;
        }
        if (!type.isInterface()) {
            return "value";
        }
        Object result = composes ? CompletableFuture.completedFuture("composed") : "result";
        return Proxy.newProxyInstance(
                SettlingStageTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, called, given) -> called.getReturnType() == void.class ? null : result);
    }
}
