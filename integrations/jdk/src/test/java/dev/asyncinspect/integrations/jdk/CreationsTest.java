package dev.asyncinspect.integrations.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.Event;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CreationsTest {

    @RegisterExtension
    final Recorded recorded = new Recorded(new Extras(true, false, false));

    private final Lives lives = new Lives(recorded);

    @Test
    void a_task_is_created_at_the_line_that_submits_it_and_named_after_its_code_if_lines_are_asked_for()
            throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
            pool.submit(() -> "soup").get();
        }
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletableFuture<Integer> dependent = source.thenApply(order -> order.length());
        Thread thread = Thread.ofVirtual().name("clerk").start(() -> {});
        thread.join();

        List<Event.Created> created = lives.created("CreationsTest.a_task_is_created");
        assertThat(created).hasSizeGreaterThanOrEqualTo(3);
        assertThat(created)
                .allSatisfy(task -> assertThat(recorded.text(task.site()))
                        .matches("dev\\.asyncinspect\\..*\\(CreationsTest\\.java:\\d+\\)"));
        assertThat(names(created.get(0).taskId())).hasSize(1).allMatch(name -> name.contains("CreationsTest.lambda$"));
        assertThat(names(thread.threadId())).containsExactly("clerk");
        assertThat(dependent).isNotDone();
    }

    private List<String> names(long taskId) {
        return recorded.of(taskId).stream()
                .filter(Event.Named.class::isInstance)
                .map(event -> recorded.text(((Event.Named) event).name()))
                .toList();
    }
}
