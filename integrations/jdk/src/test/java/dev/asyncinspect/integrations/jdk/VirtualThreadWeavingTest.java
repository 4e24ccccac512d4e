package dev.asyncinspect.integrations.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class VirtualThreadWeavingTest {

    @RegisterExtension
    final Recorded recorded = new Recorded();

    @Test
    void a_thread_that_waits_for_a_latch_is_told_poll_by_poll_with_its_waker_and_within_our_own_clock()
            throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        long beforeStart = System.nanoTime();
        Thread thread = Thread.ofVirtual().name("reader").unstarted(() -> await(latch));
        thread.start();
        awaitState(thread, Thread.State.WAITING);
        long beforeWake = System.nanoTime();
        latch.countDown();
        thread.join();
        long afterEnd = System.nanoTime();

        List<Event> events = recorded.of(thread.threadId());
        assertThat(kinds(events))
                .containsExactly(
                        "Created", "Named", "Woken 4", "PollStart", "PollEnd 1", "Woken 1", "PollStart", "Ended 1");
        Event.Created created = (Event.Created) events.get(0);
        assertThat(created.parentId()).isEqualTo(Thread.currentThread().threadId());
        assertThat(created.kind()).isEqualTo(EventCodes.VIRTUAL_THREAD);
        assertThat(recorded.text(created.site())).startsWith(VirtualThreadWeavingTest.class.getName() + ".lambda$");
        assertThat(recorded.text(((Event.Named) events.get(1)).name())).isEqualTo("reader");
        Event.Woken woken = (Event.Woken) events.get(5);
        assertThat(woken.wakerId()).isEqualTo(Thread.currentThread().threadId());
        assertThat(events.get(4).nanos()).isBetween(beforeStart, beforeWake);
        assertThat(events.subList(5, 8))
                .allSatisfy(event -> assertThat(event.nanos()).isBetween(beforeWake, afterEnd));
    }

    @Test
    void a_sleep_of_five_milliseconds_is_a_timed_park_of_five_milliseconds_ended_by_a_timeout() throws Exception {
        Thread thread = Thread.startVirtualThread(() -> sleep(5));
        thread.join();

        List<Event> events = recorded.of(thread.threadId());
        assertThat(kinds(events))
                .containsExactly("Created", "Woken 4", "PollStart", "PollEnd 2", "Woken 2", "PollStart", "Ended 1");
        assertThat(events.get(4).nanos() - events.get(3).nanos())
                .as("from the park to the timeout")
                .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(4));
    }

    @Test
    void a_thread_that_throws_has_failed_by_what_it_threw() throws Exception {
        Thread thread = Thread.ofVirtual()
                .uncaughtExceptionHandler((ended, error) -> {})
                .start(() -> {
                    throw new IllegalStateException("no more stock");
                });
        thread.join();

        List<Event> events = recorded.of(thread.threadId());
        Event.Ended ended = (Event.Ended) events.get(events.size() - 1);
        assertThat(ended.outcome()).isEqualTo(EventCodes.FAILED);
        assertThat(recorded.text(ended.throwable())).isEqualTo("java.lang.IllegalStateException: no more stock");
    }

    @Test
    void a_thread_that_gives_way_wakes_itself() throws Exception {
        Thread thread = Thread.startVirtualThread(Thread::yield);
        thread.join();

        List<Event> events = recorded.of(thread.threadId());
        assertThat(kinds(events)).containsSubsequence("PollEnd 3", "Woken 6", "PollStart");
        assertThat(events.stream()
                        .filter(event -> event instanceof Event.Woken woken && woken.how() == EventCodes.YIELDED))
                .allMatch(event -> ((Event.Woken) event).wakerId() == thread.threadId());
    }

    @Test
    void one_virtual_thread_that_wakes_another_is_its_waker_and_the_parent_of_what_it_starts() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        List<Thread> children = new ArrayList<>();
        Thread sleeper = Thread.startVirtualThread(() -> await(latch));
        awaitState(sleeper, Thread.State.WAITING);
        Thread waker = Thread.startVirtualThread(() -> {
            latch.countDown();
            children.add(Thread.startVirtualThread(() -> {}));
        });
        waker.join();
        sleeper.join();
        children.get(0).join();

        assertThat(recorded.of(sleeper.threadId()))
                .filteredOn(event -> event instanceof Event.Woken woken && woken.how() == EventCodes.UNPARK)
                .singleElement()
                .satisfies(event -> assertThat(((Event.Woken) event).wakerId()).isEqualTo(waker.threadId()));
        assertThat(recorded.of(children.get(0).threadId()))
                .first()
                .satisfies(
                        event -> assertThat(((Event.Created) event).parentId()).isEqualTo(waker.threadId()));
    }

    @Test
    void a_thread_that_wants_a_monitor_is_blocked_and_woken_when_it_comes_free() throws Exception {
        Object monitor = new Object();
        Thread thread;
        synchronized (monitor) {
            thread = Thread.startVirtualThread(() -> {
                synchronized (monitor) {
                    Thread.onSpinWait();
                }
            });
            awaitState(thread, Thread.State.BLOCKED);
        }
        thread.join();

        assertThat(kinds(recorded.of(thread.threadId())))
                .containsSubsequence("PollStart", "PollEnd 4", "Woken 3", "PollStart", "Ended 1");
    }

    @Test
    @SuppressWarnings("WaitNotInLoop") // the timeout is all it waits for
    void a_thread_in_Object_wait_with_a_timeout_is_woken_by_it() throws Exception {
        Object monitor = new Object();
        Thread thread = Thread.startVirtualThread(() -> {
            synchronized (monitor) {
                try {
                    monitor.wait(3);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        thread.join();

        assertThat(kinds(recorded.of(thread.threadId())))
                .containsSubsequence("PollStart", "PollEnd 6", "Woken 2", "PollStart", "Ended 1");
    }

    @Test
    void a_thread_that_was_created_and_never_started_is_no_more_than_created() {
        Thread thread = Thread.ofVirtual().unstarted(() -> {});

        assertThat(kinds(recorded.of(thread.threadId()))).containsExactly("Created");
    }

    @Test
    void ten_thousand_threads_are_told_from_begin_to_end() throws Exception {
        for (int batch = 0; batch < 100; batch++) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                threads.add(Thread.startVirtualThread(Thread::yield));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            Map<Long, List<Event>> byTask = recorded.take().stream().collect(Collectors.groupingBy(Recorded::id));
            for (Thread thread : threads) {
                assertThat(kinds(byTask.get(thread.threadId())))
                        .startsWith("Created", "Woken 4", "PollStart")
                        .endsWith("Ended 1");
            }
        }
    }

    private static List<String> kinds(List<Event> events) {
        return events.stream().map(VirtualThreadWeavingTest::kind).toList();
    }

    private static String kind(Event event) {
        String name = event.getClass().getSimpleName();
        if (event instanceof Event.PollEnd end) {
            return name + " " + end.reason();
        } else if (event instanceof Event.Woken woken) {
            return name + " " + woken.how();
        } else if (event instanceof Event.Ended ended) {
            return name + " " + ended.outcome();
        }
        return name;
    }

    private static void awaitState(Thread thread, Thread.State state) {
        while (thread.getState() != state) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
