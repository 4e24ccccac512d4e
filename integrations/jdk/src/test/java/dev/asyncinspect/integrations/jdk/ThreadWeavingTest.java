package dev.asyncinspect.integrations.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.Event;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ThreadWeavingTest {

    @RegisterExtension
    final Recorded recorded = new Recorded();

    private static final String HERE = ThreadWeavingTest.class.getName();

    @Test
    void a_thread_that_was_given_code_is_created_at_that_code() throws Exception {
        Thread thread = new Thread(() -> {}, "clerk");
        thread.start();
        thread.join();

        assertThat(site(thread)).startsWith(HERE + ".lambda$");
    }

    @Test
    void a_thread_of_a_class_of_its_own_is_created_at_its_class() throws Exception {
        Thread thread = new Clerk();
        thread.start();
        thread.join();

        assertThat(site(thread)).isEqualTo(Clerk.class.getName());
    }

    @Test
    void a_virtual_thread_that_an_executor_makes_for_a_task_is_created_at_the_code_of_the_task() throws Exception {
        Thread[] thread = new Thread[1];
        CountDownLatch ran = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            executor.execute(() -> {
                thread[0] = Thread.currentThread();
                ran.countDown();
            });
            ran.await();
        }

        assertThat(site(thread[0])).startsWith(HERE + ".lambda$");
    }

    private String site(Thread thread) {
        List<String> sites = recorded.of(thread.threadId()).stream()
                .filter(Event.Created.class::isInstance)
                .map(event -> recorded.text(((Event.Created) event).site()))
                .toList();
        assertThat(sites).hasSize(1);
        return sites.get(0);
    }

    private static final class Clerk extends Thread {
        @Override
        public void run() {
            // nothing: that it was made is what counts
        }
    }
}
