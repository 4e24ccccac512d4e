package dev.asyncinspect.integrations.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StageWeavingTest {

    @RegisterExtension
    final Recorded recorded = new Recorded();

    private final Lives lives = new Lives(recorded);
    private final long me = Thread.currentThread().threadId();

    @Test
    void a_stage_that_depends_on_another_is_told_with_its_creator_its_code_and_who_completed_the_source()
            throws Exception {
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletableFuture<Integer> length = source.thenApply(order -> order.length());
        Thread completer = new Thread(() -> source.complete("soup"));
        completer.start();
        completer.join();
        assertThat(length.join()).isEqualTo(4);

        List<Event> events = lives.onlyTask("a_stage_that_depends_on_another");
        assertThat(Lives.kinds(events)).containsExactly("Created", "Woken", "PollStart", "PollEnd", "Ended");
        Event.Created created = (Event.Created) events.get(0);
        assertThat(created.kind()).isEqualTo(EventCodes.FUTURE_STAGE);
        assertThat(created.parentId()).isEqualTo(me);
        Event.Woken woken = (Event.Woken) events.get(1);
        assertThat(woken.how()).isEqualTo(EventCodes.COMPLETION);
        assertThat(woken.wakerId()).isEqualTo(completer.threadId());
        assertThat(((Event.PollStart) events.get(2)).threadId()).isEqualTo(completer.threadId());
    }

    @Test
    void a_stage_of_a_method_reference_runs_that_method_and_not_what_boxes_its_result() {
        CompletableFuture<Integer> source = new CompletableFuture<>();
        var _ = source.thenApply(StageWeavingTest::price);

        assertThat(lives.created("StageWeavingTest.price")).hasSize(1);
        assertThat(lives.created("java.lang.Integer")).isEmpty();
    }

    private static int price(int loaves) {
        return loaves * 2;
    }

    @Test
    void each_kind_of_stage_is_told_once_from_its_creation_to_its_end() {
        CompletableFuture<String> one = new CompletableFuture<>();
        CompletableFuture<String> other = new CompletableFuture<>();
        CompletableFuture<?>[] stages = {
            one.thenApply(x -> x),
            one.thenAccept(x -> {}),
            one.thenRun(() -> {}),
            one.whenComplete((x, failure) -> {}),
            one.handle((x, failure) -> x),
            one.thenCompose(x -> other),
            one.thenCombine(other, (x, y) -> x),
            one.thenAcceptBoth(other, (x, y) -> {}),
            one.runAfterBoth(other, () -> {}),
            one.applyToEither(other, x -> x),
            one.acceptEither(other, x -> {}),
            one.runAfterEither(other, () -> {})
        };
        one.complete("soup");
        other.complete("salad");
        CompletableFuture.allOf(stages).join();

        List<Event.Created> told = lives.created("each_kind_of_stage");
        assertThat(told).hasSize(stages.length);
        assertThat(told).allSatisfy(stage -> {
            lives.awaitEnd(stage.taskId());
            assertThat(Lives.kinds(recorded.of(stage.taskId())))
                    .containsExactly("Created", "Woken", "PollStart", "PollEnd", "Ended");
        });
    }

    @Test
    void a_stage_that_goes_to_an_executor_is_runnable_when_its_source_is_complete_and_is_one_task_not_two() {
        CompletableFuture<String> source = new CompletableFuture<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
            CompletableFuture<Integer> waiting = source.thenApplyAsync(order -> order.length(), pool);
            source.complete("soup");
            CompletableFuture<Integer> atOnce = source.thenApplyAsync(order -> order.length(), pool);
            assertThat(waiting.join() + atOnce.join()).isEqualTo(8);
        }

        List<Event.Created> told = lives.created("a_stage_that_goes_to_an_executor");
        assertThat(told).hasSize(2);
        assertThat(told).allSatisfy(stage -> {
            List<Event> events = recorded.of(stage.taskId());
            assertThat(Lives.kinds(events)).containsExactly("Created", "Woken", "PollStart", "PollEnd", "Ended");
            assertThat(((Event.Woken) events.get(1)).how()).isEqualTo(EventCodes.SUBMITTED);
            assertThat(((Event.PollStart) events.get(2)).threadId()).isNotEqualTo(me);
        });
        assertThat(recorded.all())
                .as("tasks of this thread; who runs the tests has some of its own")
                .noneMatch(event -> event instanceof Event.Created created
                        && created.kind() == EventCodes.EXECUTOR_TASK
                        && created.parentId() == me);
    }

    @Test
    void a_composed_stage_waits_for_the_stage_that_its_function_gave() {
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletableFuture<String> inner = new CompletableFuture<>();
        CompletableFuture<String> named = inner.thenApply(answer -> answer);
        CompletableFuture<String> composed = source.thenCompose(order -> named);
        source.complete("soup");
        List<Event.Created> told = lives.created("a_composed_stage_waits");
        assertThat(told).hasSize(2);
        long innerId = told.get(0).taskId();
        long composedId = told.get(1).taskId();
        assertThat(Lives.kinds(recorded.of(composedId)))
                .as("its function has run, and it is not over")
                .containsExactly("Created", "Woken", "PollStart", "PollEnd");
        assertThat(links(EventCodes.AWAITS))
                .extracting(Event.Linked::taskId, Event.Linked::otherId)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(composedId, innerId));
        inner.complete("hot soup");

        assertThat(composed).isCompletedWithValue("hot soup");
        assertThat(Lives.kinds(recorded.of(composedId))).endsWith("Ended");
    }

    @Test
    void a_stage_is_linked_to_the_stage_that_it_is_derived_from() {
        CompletableFuture<String> source = new CompletableFuture<>();
        var _ = source.thenApply(order -> order + "!").thenApply(order -> order + "?");
        source.complete("soup");

        List<Event.Created> told = lives.created("a_stage_is_linked");
        assertThat(links(EventCodes.DERIVED_FROM))
                .extracting(Event.Linked::taskId, Event.Linked::otherId)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        told.get(1).taskId(), told.get(0).taskId()));
    }

    @Test
    void a_stage_is_linked_to_all_its_sources_that_are_tasks_and_says_if_one_of_them_is_enough() {
        CountDownLatch gate = new CountDownLatch(1);
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            CompletableFuture<Void> soup = CompletableFuture.runAsync(() -> pass(gate), pool);
            CompletableFuture<Void> salad = CompletableFuture.runAsync(() -> pass(gate), pool);
            CompletableFuture<?>[] both = {soup, salad};
            var _ = soup.thenRun(() -> {});
            var _ = soup.runAfterBoth(salad, () -> {});
            var _ = soup.runAfterEither(salad, () -> {});
            var _ = CompletableFuture.allOf(both);
            var _ = CompletableFuture.anyOf(both);
            gate.countDown();
        }
        List<Long> told = lives.created("a_stage_is_linked_to_all").stream()
                .map(Event.Created::taskId)
                .toList();
        List<Long> work = told.subList(0, 2);
        List<Long> stages = told.subList(2, told.size());
        assertThat(sources(stages.get(0), "null")).containsOnly(work.get(0));
        assertThat(sources(stages.get(1), "null")).hasSameElementsAs(work);
        assertThat(sources(stages.get(2), "either")).hasSameElementsAs(work);
        assertThat(sources(lives.created("CompletableFuture.allOf").get(0).taskId(), "null"))
                .containsExactlyElementsOf(work);
        assertThat(sources(lives.created("CompletableFuture.anyOf").get(0).taskId(), "either"))
                .containsExactlyElementsOf(work);
    }

    private static void pass(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private List<Long> sources(long stage, String word) {
        return links(EventCodes.DERIVED_FROM).stream()
                .filter(link ->
                        link.taskId() == stage && recorded.text(link.label()).equals(word))
                .map(Event.Linked::otherId)
                .toList();
    }

    @Test
    void a_stage_whose_function_throws_has_failed_and_so_have_those_that_never_run_for_it() {
        CompletableFuture<String> source = new CompletableFuture<>();
        var _ = source.thenApply(order -> {
                    throw new IllegalStateException("no salt");
                })
                .thenRun(() -> {});
        source.complete("soup");

        List<Event.Created> told = lives.created("a_stage_whose_function_throws");
        assertThat(told).hasSize(2);
        lives.assertFailed(recorded.of(told.get(0).taskId()), "java.lang.IllegalStateException: no salt");
        lives.assertFailed(recorded.of(told.get(1).taskId()), "java.lang.IllegalStateException: no salt");
        assertThat(Lives.kinds(recorded.of(told.get(1).taskId()))).containsExactly("Created", "Ended");
    }

    @Test
    void a_stage_that_is_cancelled_or_completed_by_hand_is_over_though_its_source_is_not() {
        CompletableFuture<String> source = new CompletableFuture<>();
        source.thenRun(() -> {}).cancel(true);
        source.thenRun(() -> {}).complete(null);

        List<Event.Created> told = lives.created("a_stage_that_is_cancelled_or_completed");
        assertThat(told).hasSize(2);
        lives.assertCancelled(recorded.of(told.get(0).taskId()), "null");
        assertThat(((Event.Ended) recorded.of(told.get(1).taskId()).get(1)).outcome())
                .isEqualTo(EventCodes.COMPLETED);
    }

    @Test
    void the_stages_of_many_are_over_when_all_or_the_first_of_them_are() {
        CompletableFuture<String> one = new CompletableFuture<>();
        CompletableFuture<String> other = new CompletableFuture<>();
        var _ = CompletableFuture.allOf(one, other, new CompletableFuture<>());
        CompletableFuture<Void> all = CompletableFuture.allOf(one, other);
        CompletableFuture<Object> any = CompletableFuture.anyOf(one, other);
        one.complete("soup");
        other.completeExceptionally(new IllegalStateException("no salt"));
        assertThat(all).isCompletedExceptionally();
        assertThat(any).isCompletedWithValue("soup");

        List<Event.Created> alls = lives.created("CompletableFuture.allOf");
        assertThat(alls).hasSize(2);
        assertThat(Lives.kinds(recorded.of(alls.get(0).taskId())))
                .as("one is missing")
                .containsExactly("Created");
        lives.assertFailed(recorded.of(alls.get(1).taskId()), "java.lang.IllegalStateException: no salt");
        List<Event.Created> anys = lives.created("CompletableFuture.anyOf");
        assertThat(anys).hasSize(1);
        assertThat(Lives.kinds(recorded.of(anys.get(0).taskId()))).containsExactly("Created", "Ended");
    }

    @Test
    void a_stage_whose_source_is_complete_runs_at_once_and_is_no_task() {
        var _ = CompletableFuture.completedFuture("soup")
                .thenApply(order -> order + "!")
                .thenRun(() -> {});

        assertThat(lives.created("a_stage_whose_source_is_complete")).isEmpty();
    }

    private List<Event.Linked> links(int how) {
        return recorded.all().stream()
                .filter(event -> event instanceof Event.Linked linked && linked.how() == how)
                .map(Event.Linked.class::cast)
                .toList();
    }
}
