package dev.asyncinspect.integrations.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.Event;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NameWeavingTest {

    @RegisterExtension
    final Recorded recorded = new Recorded();

    @Test
    void a_thread_that_is_renamed_while_it_runs_has_its_new_name() throws Exception {
        Thread thread = new Thread(() -> Thread.currentThread().setName("chef"), "clerk");
        thread.start();
        thread.join();

        assertThat(names(thread)).containsExactly("clerk", "chef");
    }

    @Test
    void a_virtual_thread_that_is_renamed_has_its_new_name() throws Exception {
        Thread thread = Thread.ofVirtual()
                .name("clerk")
                .start(() -> Thread.currentThread().setName("chef"));
        thread.join();

        assertThat(names(thread)).containsExactly("clerk", "chef");
    }

    @Test
    void a_thread_of_the_jvm_itself_that_is_renamed_is_not_told() throws Exception {
        ThreadGroup top = Thread.currentThread().getThreadGroup();
        while (top.getParent() != null) {
            top = top.getParent();
        }
        Thread thread = new Thread(top, () -> Thread.currentThread().setName("chef"), "clerk");
        thread.start();
        thread.join();

        assertThat(names(thread)).isEmpty();
    }

    private List<String> names(Thread thread) {
        return recorded.of(thread.threadId()).stream()
                .filter(Event.Named.class::isInstance)
                .map(event -> recorded.text(((Event.Named) event).name()))
                .toList();
    }
}
