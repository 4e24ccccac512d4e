package dev.asyncinspect.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** The annotations, on classes of tests that run inside this one. */
class InspectedTest {

    private static CountDownLatch end = new CountDownLatch(1);

    @Inspected
    static class Leaks {

        @Test
        void leaves_a_thread() {
            leave();
        }

        @Test
        @NotInspected(reason = "the thread serves all tests", checks = Check.LEAKED_THREAD)
        void leaves_a_thread_on_purpose() {
            leave();
        }

        @Test
        @NotInspected(reason = "it is about something else")
        void is_not_looked_at() {
            leave();
        }

        @Test
        @NotInspected(reason = "it may lose failures", checks = Check.SWALLOWED_FAILURE)
        void leaves_a_thread_though_it_is_not_looked_at_for_something_else() {
            leave();
        }
    }

    static class Plain {

        @Test
        void leaves_a_thread() {
            leave();
        }
    }

    @Inspected(hangAfter = "1s")
    static class HangsBefore {

        @BeforeAll
        static void waits() throws InterruptedException {
            new CountDownLatch(1).await();
        }

        @Test
        void is_never_reached() {}
    }

    @Inspected(hangAfter = "soon")
    static class Misspelt {

        @Test
        void says_nothing() {}
    }

    @BeforeAll
    static void letThreadsStay() {
        end = new CountDownLatch(1); // a test that is run once more finds it as it was
    }

    @AfterAll
    static void letThreadsEnd() {
        end.countDown();
    }

    /** Returns when the thread waits: before it runs it has no stack to be known by. */
    private static void leave() {
        CountDownLatch stay = end;
        Thread left = new Thread(
                () -> {
                    try {
                        stay.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "left");
        left.start();
        while (left.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    private static Events run(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .configurationParameter("asyncinspect.leak.grace", "1ms")
                .execute()
                .testEvents();
    }

    @Test
    void a_class_with_the_annotation_is_inspected_but_for_what_is_opted_out() {
        Events events = run(Leaks.class);
        assertThat(failed(events))
                .containsExactlyInAnyOrder(
                        "leaves_a_thread", "leaves_a_thread_though_it_is_not_looked_at_for_something_else");
        events.failed().stream()
                .forEach(event -> assertThat(event.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable()
                                .orElseThrow())
                        .isInstanceOf(InspectionError.class)
                        .hasMessageContaining("leaves a thread behind")
                        .hasMessageContaining("thread 'left' WAITING at dev.asyncinspect.junit.InspectedTest."));
        assertThat(events.reportingEntryPublished().count()).isEqualTo(2);
    }

    @Test
    void a_class_without_it_is_left_alone() {
        assertThat(failed(run(Plain.class))).isEmpty();
    }

    @Test
    void a_time_that_is_none_fails_the_test_with_one_line() {
        Events events = run(Misspelt.class);
        assertThat(events.failed().stream()
                        .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable()
                                .orElseThrow()
                                .getMessage()))
                .containsExactly("@Inspected(hangAfter) is no time: 'soon'; write 500ms, 30s or 2m");
    }

    @Test
    void a_hang_before_all_tests_fails_the_class() {
        Events events = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(HangsBefore.class))
                .execute()
                .containerEvents();
        assertThat(events.failed().stream()
                        .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable()
                                .orElseThrow()
                                .getMessage()))
                .singleElement()
                .asString()
                .startsWith(HangsBefore.class.getName() + ".waits() hangs: it has not moved for 1.0 s. It stands\n")
                .contains("    at " + HangsBefore.class.getName() + ".waits(InspectedTest.java:");
    }

    private static List<String> failed(Events events) {
        return events.failed().stream()
                .map(event -> event.getTestDescriptor().getDisplayName().replace("()", ""))
                .toList();
    }
}
