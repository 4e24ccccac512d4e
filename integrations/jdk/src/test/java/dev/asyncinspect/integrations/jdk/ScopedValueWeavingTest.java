package dev.asyncinspect.integrations.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is told of scoped values: which are bound where a task is created, and which a thread reads that are not. */
class ScopedValueWeavingTest {

    private static final ScopedValue<String> CUSTOMER = ScopedValue.newInstance();

    /** The field of another class that uses the first one's. */
    private static final class Elsewhere {
        static final ScopedValue<String> TILL = ScopedValue.newInstance();
    }

    @RegisterExtension
    final Recorded recorded = new Recorded(new Extras(false, false, true));

    private final List<CompletableFuture<String>> stages = new ArrayList<>();
    private final Lives lives = new Lives(recorded);

    @Test
    void the_keys_that_are_bound_where_a_task_is_created_are_told_by_hash() throws Exception {
        Thread clerk = new Thread(() -> {});
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
            ScopedValue.where(CUSTOMER, "Ann").call(() -> {
                ScopedValue.where(Elsewhere.TILL, "north")
                        .call(() -> pool.submit(ScopedValueWeavingTest::inPool).get());
                stages.add(new CompletableFuture<String>().thenApply(ScopedValueWeavingTest::inStage));
                Thread.ofVirtual().start(ScopedValueWeavingTest::inVirtual).join();
                clerk.start();
                return null;
            });
            pool.submit(ScopedValueWeavingTest::afterwards).get();
        }
        assertThat(bound("inPool")).containsExactly(hash(Elsewhere.TILL), hash(CUSTOMER));
        assertThat(bound("inStage")).containsExactly(hash(CUSTOMER));
        assertThat(bound("inVirtual")).containsExactly(hash(CUSTOMER));
        assertThat(bound(clerk.threadId())).containsExactly(hash(CUSTOMER));
        assertThat(bound("afterwards")).isEmpty();
        assertThat(linked(EventCodes.SCOPED_UNBOUND)).isEmpty();
    }

    @Test
    void a_value_that_is_read_and_not_bound_is_told_by_the_field_that_holds_it_and_the_line() {
        ScopedValue<String> local = ScopedValue.newInstance();
        assertThatThrownBy(CUSTOMER::get).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(Elsewhere.TILL::get).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(local::get).isInstanceOf(NoSuchElementException.class);
        String here = getClass().getName();
        assertThat(linked(EventCodes.SCOPED_UNBOUND))
                .extracting(Event.Linked::otherId)
                .containsExactly(hash(CUSTOMER), hash(Elsewhere.TILL), hash(local));
        assertThat(linked(EventCodes.SCOPED_UNBOUND))
                .extracting(link -> recorded.text(link.label()).replaceFirst(", read at .*", ""))
                .containsExactly(
                        here + ".CUSTOMER",
                        here + "$Elsewhere.TILL",
                        "java.lang.ScopedValue@" + Integer.toHexString(local.hashCode()));
    }

    @Test
    void who_asks_whether_it_is_bound_or_has_another_is_not_told() {
        assertThat(CUSTOMER.isBound()).isFalse();
        assertThat(CUSTOMER.orElse("nobody")).isEqualTo("nobody");
        assertThatThrownBy(() -> CUSTOMER.orElseThrow(IllegalStateException::new))
                .isInstanceOf(IllegalStateException.class);
        assertThat(linked(EventCodes.SCOPED_UNBOUND)).isEmpty();
    }

    private static String inPool() {
        return "";
    }

    private static String inStage(String text) {
        return text;
    }

    private static void inVirtual() {}

    private static String afterwards() {
        return "";
    }

    private static long hash(ScopedValue<?> value) {
        return Integer.toUnsignedLong(value.hashCode());
    }

    private List<Long> bound(String code) {
        List<Long> tasks =
                lives.created(code).stream().map(Event.Created::taskId).toList();
        assertThat(tasks).as("tasks of %s", code).isNotEmpty();
        return bound(tasks.get(tasks.size() - 1));
    }

    private List<Long> bound(long taskId) {
        return linked(EventCodes.SCOPED_BOUND).stream()
                .filter(link -> link.taskId() == taskId)
                .map(Event.Linked::otherId)
                .toList();
    }

    private List<Event.Linked> linked(int how) {
        return recorded.all().stream()
                .filter(Event.Linked.class::isInstance)
                .map(Event.Linked.class::cast)
                .filter(link -> link.how() == how)
                .toList();
    }
}
