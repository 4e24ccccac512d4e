package dev.asyncinspect.cli.hang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import org.junit.jupiter.api.Test;

class TestThreadsTest {

    @Test
    void the_test_is_the_method_that_the_framework_calls_by_reflection() {
        Snapshot snapshot = Moment.at(0)
                .thread(
                        "main",
                        "java.lang.Object.wait:1",
                        "shop.Bank.move:30",
                        "shop.BankTest.moves:12",
                        "jdk.internal.reflect.DirectMethodHandleAccessor.invoke:1",
                        "java.lang.reflect.Method.invoke:5",
                        "org.junit.platform.commons.util.ReflectionUtils.invokeMethod:9",
                        "org.apache.maven.surefire.booter.ForkedBooter.main:1")
                .snapshot();
        assertThat(TestThreads.testOn(only(snapshot))).isEqualTo("shop.BankTest.moves");
    }

    @Test
    void an_assertion_of_the_framework_on_top_does_not_hide_the_test() {
        Snapshot snapshot = Moment.at(0)
                .thread(
                        "main",
                        "java.lang.Thread.sleep:1",
                        "shop.BankTest.lambda$0:13",
                        "org.junit.jupiter.api.Assertions.assertDoesNotThrow:5",
                        "shop.BankTest.moves:12",
                        "java.lang.reflect.Method.invoke:5",
                        "org.junit.platform.commons.util.ReflectionUtils.invokeMethod:9")
                .snapshot();
        assertThat(TestThreads.testOn(only(snapshot))).isEqualTo("shop.BankTest.moves");
    }

    @Test
    void a_framework_that_waits_for_its_own_workers_runs_no_test_there() {
        Snapshot snapshot = Moment.at(0)
                .thread("main", "java.util.concurrent.FutureTask.get:1", "org.junit.X.await:9")
                .snapshot();
        assertThat(TestThreads.testOn(only(snapshot))).isNull();
    }

    @Test
    void without_tests_it_is_the_threads_that_keep_the_jvm_alive() {
        Snapshot snapshot = Moment.at(0)
                .thread("pool-1-thread-1", "java.lang.Object.wait:1")
                .thread("timer", true, 0, "java.lang.Object.wait:1")
                .thread("DestroyJavaVM")
                .snapshot();
        assertThat(TestThreads.of(snapshot)).extracting(Task::name).containsExactly("pool-1-thread-1");
        assertThat(TestThreads.isMainOver(snapshot)).isTrue();
        assertThat(TestThreads.runsTests(snapshot)).isFalse();
    }

    private static Task only(Snapshot snapshot) {
        assertThat(TestThreads.of(snapshot)).hasSize(1);
        return TestThreads.of(snapshot).get(0);
    }
}
