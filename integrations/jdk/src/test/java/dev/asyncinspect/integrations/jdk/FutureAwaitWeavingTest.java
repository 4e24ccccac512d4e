package dev.asyncinspect.integrations.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is told of who waits for a {@code CompletableFuture}. */
@Timeout(300)
class FutureAwaitWeavingTest {

    private static final String JOIN = "java.util.concurrent.CompletableFuture.join";
    private static final String GET = "java.util.concurrent.CompletableFuture.get";
    private static final String JOIN_OF_FORK = "java.util.concurrent.ForkJoinTask.join";
    private static final String GET_OF_TASK = "java.util.concurrent.FutureTask.get";

    @RegisterExtension
    final Recorded recorded = new Recorded();

    private final Lives lives = new Lives(recorded);

    @Test
    void who_joins_work_waits_for_that_stage_which_its_task_holds_until_it_is_complete() throws Exception {
        for (boolean virtual : new boolean[] {false, true}) {
            recorded.take();
            CountDownLatch cooked = new CountDownLatch(1);
            try (ExecutorService kitchen = Executors.newFixedThreadPool(1)) {
                CompletableFuture<String> soup = CompletableFuture.supplyAsync(() -> cook(cooked), kitchen);
                Thread waiter = waiting(virtual, soup::join);
                cooked.countDown();
                waiter.join();

                assertThat(awaits(waiter)).containsExactly(JOIN, "end");
            }
            long task = lives.created("who_joins_work_waits").get(0).taskId();
            long future = numberOf("who_joins_work_waits");
            assertThat(holders(future)).containsExactly(task);
            lives.awaitEnd(task);
            assertThat(givers(future)).as("what nobody holds may be forgotten").containsExactly(task);
        }
    }

    @Test
    void who_joins_queued_work_waits_for_a_task_that_has_not_begun() throws Exception {
        CountDownLatch cooked = new CountDownLatch(1);
        try (ExecutorService kitchen = Executors.newFixedThreadPool(1)) {
            Future<String> busy = kitchen.submit(() -> cook(cooked));
            CompletableFuture<Void> salad = CompletableFuture.runAsync(() -> {}, kitchen);
            Thread waiter = waiting(false, salad::join);
            List<Event.Created> created = lives.created("who_joins_queued_work");
            assertThat(holders(numberOf("who_joins_queued_work")))
                    .containsExactly(created.get(created.size() - 1).taskId());
            cooked.countDown();
            waiter.join();
            busy.get();
        }
    }

    @Test
    void who_joins_a_stage_that_depends_on_another_waits_for_that_stage() throws Exception {
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletableFuture<Integer> length = source.thenApply(order -> order.length());
        Thread waiter = waiting(false, length::join);
        assertThat(holders(numberOf("who_joins_a_stage_that_depends")))
                .containsExactly(
                        lives.created("who_joins_a_stage_that_depends").get(0).taskId());
        source.complete("soup");
        waiter.join();

        assertThat(awaits(waiter)).containsExactly(JOIN, "end");
    }

    @Test
    void who_gives_up_waiting_for_a_stage_leaves_a_number_that_is_given_back_when_the_stage_ends() throws Exception {
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletableFuture<Integer> length = source.thenApply(order -> order.length());
        Thread waiter = new Thread(() ->
                assertThatThrownBy(() -> length.get(1, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class));
        waiter.start();
        waiter.join();
        long future = numberOf("who_gives_up_waiting");
        assertThat(givers(future)).isEmpty();
        source.complete("soup");

        assertThat(givers(future)).isEqualTo(holders(future)).hasSize(1);
    }

    @Test
    void who_gets_the_result_of_a_submitted_task_waits_for_its_future_which_it_holds_until_it_ends() throws Exception {
        for (boolean virtual : new boolean[] {false, true}) {
            recorded.take();
            CountDownLatch cooked = new CountDownLatch(1);
            try (ExecutorService kitchen = Executors.newFixedThreadPool(1)) {
                Future<String> soup = kitchen.submit(() -> cook(cooked));
                Thread waiter = waiting(virtual, soup::get);
                cooked.countDown();
                waiter.join();

                assertThat(awaits(waiter)).containsExactly(GET_OF_TASK, "end");
            }
            long task = lives.created("who_gets_the_result").get(0).taskId();
            long future = numberOf("who_gets_the_result");
            lives.awaitEnd(task);
            assertThat(holders(future)).containsExactly(task);
            assertThat(givers(future)).containsExactly(task);
        }
    }

    @Test
    void who_joins_what_a_ForkJoinPool_runs_waits_for_its_future_which_it_holds_until_it_ends() throws Exception {
        for (boolean virtual : new boolean[] {false, true}) {
            recorded.take();
            CountDownLatch cooked = new CountDownLatch(1);
            try (ForkJoinPool kitchen = new ForkJoinPool(1)) {
                Future<String> soup = kitchen.submit(() -> cook(cooked));
                Thread waiter = waiting(virtual, soup::get);
                cooked.countDown();
                waiter.join();

                assertThat(awaits(waiter)).containsExactly(JOIN_OF_FORK, "end");
            }
            long task = lives.created("who_joins_what_a_ForkJoinPool").get(0).taskId();
            long future = numberOf("who_joins_what_a_ForkJoinPool");
            lives.awaitEnd(task);
            assertThat(holders(future)).containsExactly(task);
            assertThat(givers(future)).containsExactly(task);
        }
    }

    @Test
    void a_FutureTask_that_a_ForkJoinPool_executes_is_held_by_the_task_that_it_is_wrapped_in() throws Exception {
        CountDownLatch cooked = new CountDownLatch(1);
        try (ForkJoinPool kitchen = new ForkJoinPool(1)) {
            FutureTask<String> soup = new FutureTask<>(() -> cook(cooked));
            kitchen.execute(soup);
            Thread waiter = waiting(false, soup::get);
            assertThat(holders(numberOf("a_FutureTask_that_a_ForkJoinPool")))
                    .containsExactly(lives.created("a_FutureTask_that_a_ForkJoinPool")
                            .get(0)
                            .taskId());
            cooked.countDown();
            waiter.join();
            assertThat(awaits(waiter)).containsExactly(GET_OF_TASK, "end");
        }
    }

    @Test
    void the_future_of_a_thread_for_each_task_is_completed_by_that_thread() throws Exception {
        CountDownLatch cooked = new CountDownLatch(1);
        AtomicReference<Thread> cook = new AtomicReference<>();
        try (ExecutorService kitchen = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> soup = kitchen.submit(() -> {
                cook.set(Thread.currentThread());
                return cook(cooked);
            });
            Thread waiter = waiting(false, soup::get);
            Thread other = waiting(true, soup::get);
            cooked.countDown();
            waiter.join();
            other.join();

            assertThat(awaits(waiter)).containsExactly(GET_OF_TASK, "end");
            assertThat(awaits(other)).containsExactly(GET_OF_TASK, "end");
        }
        long future = numberOf("the_future_of_a_thread_for_each_task");
        assertThat(recorded.all().stream()
                        .filter(event -> event instanceof Event.Linked link
                                && link.how() == EventCodes.COMPLETES
                                && link.otherId() == future)
                        .map(event -> ((Event.Linked) event).taskId()))
                .containsExactly(cook.get().threadId());
    }

    @Test
    void a_future_that_nobody_completes_is_not_kept_when_who_waited_for_it_has_gone() throws Exception {
        WeakReference<Object> promise = givenUp();
        long begin = System.nanoTime();
        while (promise.get() != null) {
            assertThat(System.nanoTime() - begin).as("kept").isLessThan(TimeUnit.SECONDS.toNanos(60));
            System.gc();
        }
    }

    private WeakReference<Object> givenUp() throws Exception {
        CompletableFuture<String> promise = new CompletableFuture<>();
        Thread waiter = new Thread(() -> assertThatThrownBy(promise::get).isInstanceOf(InterruptedException.class));
        waiter.start();
        while (waiter.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        waiter.interrupt();
        waiter.join();
        assertThat(awaits(waiter)).containsExactly(GET, "end");
        return new WeakReference<>(promise);
    }

    @Test
    void a_future_of_unknown_work_has_a_number_that_is_the_same_for_all_who_wait_and_no_holder() throws Exception {
        CompletableFuture<String> promise = new CompletableFuture<>();
        Thread one = waiting(false, promise::join);
        Thread other = waiting(true, promise::get);
        promise.complete("soup");
        one.join();
        other.join();

        List<Long> numbers = recorded.all().stream()
                .filter(event -> event instanceof Event.AwaitStart start
                        && List.of(JOIN, GET).contains(recorded.text(start.label())))
                .map(event -> ((Event.AwaitStart) event).resourceId())
                .toList();
        assertThat(numbers).hasSize(2).doesNotContain(0L);
        assertThat(numbers.get(0)).isEqualTo(numbers.get(1));
        assertThat(holders(numbers.get(0))).isEmpty();
    }

    @Test
    void a_wait_with_a_time_is_over_when_that_is_over() throws Exception {
        CompletableFuture<String> promise = new CompletableFuture<>();
        Thread waiter = new Thread(() -> {
            try {
                promise.get(1, TimeUnit.MILLISECONDS);
            } catch (Exception e) {
                // it is meant to time out
            }
            Thread.currentThread().interrupt();
            try {
                promise.get();
            } catch (Exception e) {
                // and to be interrupted
            }
        });
        waiter.start();
        waiter.join();

        assertThat(awaits(waiter)).containsExactly(GET + " timed", "end", GET, "end");
    }

    @Test
    void an_await_that_is_done_already_is_not_told() throws Exception {
        CompletableFuture<String> soup = CompletableFuture.completedFuture("soup");
        Thread waiter = new Thread(() -> {
            assertThat(soup.join()).isEqualTo("soup");
            assertThat(soup.resultNow()).isEqualTo("soup");
        });
        waiter.start();
        waiter.join();

        assertThat(awaits(waiter)).isEmpty();
    }

    @Test
    void who_waits_for_a_request_that_was_sent_asynchronously_waits_for_that_host_and_the_request_is_a_stage()
            throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            cook(answer);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            String host = "localhost:" + server.getAddress().getPort();
            String label = "java.net.http.HttpClient.sendAsync to " + host;
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create("http://" + host + "/")).build();
            CompletableFuture<HttpResponse<Void>> sent =
                    HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.discarding());
            Thread waiter = waiting(false, sent::join);
            long task = lives.created(label).get(0).taskId();
            assertThat(holders(numberOf(label))).containsExactly(task);
            answer.countDown();
            waiter.join();

            assertThat(awaits(waiter)).containsExactly(label, "end");
            assertThat(lives.onlyTask(label))
                    .extracting(event -> event.getClass().getSimpleName())
                    .as("the JDK completes it in a task of its pool")
                    .containsExactly("Created", "Woken", "PollStart", "PollEnd", "Ended");
        } finally {
            server.stop(0);
        }
    }

    private static String cook(CountDownLatch cooked) {
        try {
            cooked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "soup";
    }

    /** A thread that waits there by now. */
    private static Thread waiting(boolean virtual, Call call) {
        Runnable task = () -> {
            try {
                call.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
        Thread thread = virtual ? Thread.startVirtualThread(task) : new Thread(task);
        if (!virtual) {
            thread.start();
        }
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return thread;
    }

    private interface Call {
        void call() throws Exception;
    }

    /** The number of the future of that name. */
    private long numberOf(String name) {
        List<Long> numbers = recorded.all().stream()
                .filter(event -> event instanceof Event.ResourceNamed resource
                        && recorded.text(resource.name()).contains(name))
                .map(event -> ((Event.ResourceNamed) event).resourceId())
                .distinct()
                .toList();
        assertThat(numbers).as("futures named %s", name).hasSize(1);
        return numbers.get(0);
    }

    private List<Long> holders(long resource) {
        return recorded.all().stream()
                .filter(event -> event instanceof Event.Acquired acquired && acquired.resourceId() == resource)
                .map(event -> ((Event.Acquired) event).taskId())
                .toList();
    }

    private List<Long> givers(long resource) {
        return recorded.all().stream()
                .filter(event -> event instanceof Event.Released released && released.resourceId() == resource)
                .map(event -> ((Event.Released) event).taskId())
                .toList();
    }

    /** Its waits for futures in the order of time, their ends too; the parks inside are left out. */
    private List<String> awaits(Thread thread) {
        List<String> told = new ArrayList<>();
        int parks = 0;
        for (Event event : recorded.all()) {
            if (event instanceof Event.AwaitStart start && start.taskId() == thread.threadId()) {
                boolean park = (start.flags() & EventCodes.AWAIT_ENDS_POLL) != 0;
                parks += park ? 1 : 0;
                if (!park) {
                    told.add(recorded.text(start.label())
                            + ((start.flags() & EventCodes.AWAIT_TIMED) == 0 ? "" : " timed"));
                }
            } else if (event instanceof Event.AwaitEnd end && end.taskId() == thread.threadId()) {
                if (parks > 0) {
                    parks--;
                } else {
                    told.add("end");
                }
            }
        }
        return told;
    }
}
