package dev.asyncinspect.integrations.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is told of the forks of a {@code StructuredTaskScope}, whose threads return whatever their code does. */
@Timeout(300)
class ScopeForksTest {

    @RegisterExtension
    final Recorded recorded = new Recorded();

    @Test
    void a_fork_that_throws_has_failed_by_what_it_threw() throws Exception {
        Callable<String> fork = () -> {
            throw new IllegalStateException("sold out");
        };
        Event.Ended ended = endOf(fork, "a_fork_that_throws");

        assertThat(ended.outcome()).isEqualTo(EventCodes.FAILED);
        assertThat(recorded.text(ended.throwable())).isEqualTo("java.lang.IllegalStateException: sold out");
    }

    @Test
    void a_fork_that_returns_nothing_is_completed() throws Exception {
        Event.Ended ended = endOf(() -> null, "a_fork_that_returns_nothing");

        assertThat(ended.outcome()).isEqualTo(EventCodes.COMPLETED);
        assertThat(ended.throwable()).isZero();
    }

    @Test
    void a_failure_of_one_fork_is_none_of_the_next() throws Exception {
        Callable<String> first = () -> {
            throw new IllegalStateException("sold out");
        };
        endOf(first, "a_failure_of_one_fork");
        Event.Ended ended = endOf(() -> "price", "a_failure_of_one_fork");

        assertThat(ended.outcome()).isEqualTo(EventCodes.COMPLETED);
    }

    /** The end of a fork alone in its scope, which goes by the method behind its lambda. */
    private Event.Ended endOf(Callable<?> fork, String code) throws Exception {
        int before = new Lives(recorded).created(code).size();
        scope(fork);
        List<Event.Created> created = new Lives(recorded).created(code);
        assertThat(created).as("tasks of %s", code).hasSize(before + 1);
        Event.Created last = created.get(before);
        assertThat(last.kind()).isEqualTo(EventCodes.VIRTUAL_THREAD);
        new Lives(recorded).awaitEnd(last.taskId());
        return recorded.of(last.taskId()).stream()
                .filter(Event.Ended.class::isInstance)
                .map(Event.Ended.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** By reflection: to name the type is to be compiled with preview features. */
    private static void scope(Callable<?> fork) throws Exception {
        Class<?> type = Class.forName("java.util.concurrent.StructuredTaskScope");
        Object scope = type.getMethod("open").invoke(null);
        type.getMethod("fork", Callable.class).invoke(scope, fork);
        try {
            type.getMethod("join").invoke(scope);
        } catch (InvocationTargetException e) {
            // the fork has failed, as is wanted
        }
        type.getMethod("close").invoke(scope);
    }
}
