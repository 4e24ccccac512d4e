package dev.asyncinspect.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.EventCodes;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a recording says it looked like at one moment. */
class ReplayTest {

    private final Film film = new Film();

    private Task taskAt(String name, long millis) {
        return Objects.requireNonNull(
                film.recording().at(Duration.ofMillis(millis)).task(film.id(name)));
    }

    @Test
    void states_and_times_are_those_of_that_moment_and_not_of_the_end() {
        film.at(0).created("a", "");
        film.at(1).submitted("a");
        film.at(5).starts("a", 9);
        film.at(8).waits("a", "load", "");
        film.at(20).woken("a", "b");
        film.at(22).goesOn("a", "");
        film.at(30).ends("a");
        film.at(100).created("b", "a");
        assertThat(taskAt("a", 0).state()).isEqualTo(TaskState.PENDING);
        assertThat(taskAt("a", 3).state()).isEqualTo(TaskState.SCHEDULED);
        assertThat(taskAt("a", 6).state()).isEqualTo(TaskState.RUNNING);
        assertThat(taskAt("a", 10).state()).isEqualTo(TaskState.BLOCKED);
        assertThat(film.recording().at(Duration.ofMillis(10)).task(film.id("b")))
                .isNull();
        TaskLife life = Objects.requireNonNull(taskAt("a", 21).life());
        assertThat(life.ageNanos()).isEqualTo(21 * Film.MILLI);
        assertThat(life.runningNanos()).isEqualTo(3 * Film.MILLI);
        assertThat(life.scheduledNanos()).isEqualTo(5 * Film.MILLI);
        assertThat(life.blockedNanos()).isEqualTo(13 * Film.MILLI);
        assertThat(life.polls()).isEqualTo(1);
        assertThat(life.wakes()).isEqualTo(1);
        assertThat(life.wakerId()).isEqualTo(Fact.observed(film.id("b")));
        assertThat(Objects.requireNonNull(taskAt("a", 19).life()).wakes()).isZero();
    }

    @Test
    void nothing_that_is_over_keeps_ageing() {
        film.at(0).created("a", "").starts("a", 9);
        film.at(30).ends("a");
        film.at(100).created("b", "");
        assertThat(Objects.requireNonNull(taskAt("a", 100).life()).ageNanos()).isEqualTo(30 * Film.MILLI);
        assertThat(taskAt("a", 100).state()).isEqualTo(TaskState.COMPLETED);
    }

    @Test
    void a_wait_says_since_when_where_and_for_what_held_by_whom_since_which_line() {
        film.at(0)
                .is("A", EventCodes.LOCK, 0)
                .created("a", "")
                .created("b", "")
                .starts("a", 8)
                .starts("b", 9);
        film.at(2).takes("a", "A", EventCodes.EXCLUSIVE, "shop.Bank.take(Bank.java:3)");
        film.at(4).waits("b", "shop.Bank.take::await#1 of 1 (lock) Bank.java:3", "A");
        film.at(9).created("c", "");
        Snapshot snapshot = film.recording().end();
        Wait wait = Objects.requireNonNull(taskAt("b", 9).waiting());
        assertThat(wait.waitedNanos()).isEqualTo(Fact.observed(5 * Film.MILLI));
        assertThat(wait.bound()).isEqualTo(Bound.UNBOUNDED);
        assertThat(wait.episode()).isNotEqualTo(Wait.NO_EPISODE);
        assertThat(wait.site()).hasToString("shop.Bank.take::await#1 of 1 (lock) Bank.java:3");
        Resource lock = Objects.requireNonNull(snapshot.resource(wait.resourceId()));
        assertThat(lock.name()).isEqualTo("A");
        assertThat(lock.holders())
                .isEqualTo(Fact.observed(List.of(new Hold(
                        film.id("a"),
                        AccessMode.EXCLUSIVE,
                        Fact.observed(new Frame("shop.Bank", "take", "Bank.java", 3))))));
    }

    @Test
    void a_lock_that_nobody_was_seen_to_take_has_unknown_holders() {
        film.at(0).is("A", EventCodes.LOCK, 0).created("b", "").starts("b", 9).waits("b", "lock", "A");
        assertThat(holders("A").orNull()).isNull();
    }

    @Test
    void permits_tell_their_holders_only_if_they_add_up_to_the_capacity() {
        film.at(0).is("S", EventCodes.SEMAPHORE, 2).takes("a", "S", EventCodes.PERMITS, "x");
        assertThat(holders("S").orNull()).isNull();
        film.takes("b", "S", EventCodes.PERMITS, "x");
        assertThat(holders("S").provenance()).isEqualTo(Provenance.OBSERVED);
    }

    @Test
    void permits_that_another_gives_back_tell_nothing() {
        film.at(0).is("S", EventCodes.SEMAPHORE, 1).takes("a", "S", EventCodes.PERMITS, "x");
        film.gives("b", "S", EventCodes.PERMITS).takes("a", "S", EventCodes.PERMITS, "x");
        assertThat(holders("S").orNull()).isNull();
    }

    @Test
    void after_dropped_events_a_holder_is_only_inferred() {
        film.at(0).is("A", EventCodes.LOCK, 0).takes("a", "A", EventCodes.EXCLUSIVE, "x");
        film.at(1).drops(1);
        assertThat(holders("A").provenance()).isEqualTo(Provenance.INFERRED);
    }

    @Test
    void an_await_that_nobody_named_waits_for_something_unknown() {
        film.at(0).created("a", "").starts("a", 9);
        film.events().awaitStart(film.now(), film.id("a"), EventCodes.AWAIT_ENDS_POLL, 0, 0);
        film.at(3).created("b", "");
        Wait wait = Objects.requireNonNull(taskAt("a", 3).waiting());
        assertThat(wait.site()).hasToString("an await that nobody named");
        assertThat(Objects.requireNonNull(film.recording().end().resource(wait.resourceId()))
                        .kind())
                .isEqualTo(ResourceKind.UNKNOWN);
    }

    private Fact<List<Hold>> holders(String resource) {
        return Objects.requireNonNull(film.recording().end().resource(film.resource(resource)))
                .holders();
    }

    @Test
    void a_scope_that_is_joined_says_for_which_forks_and_claims_no_holder() {
        Film film = new Film();
        film.at(0).is("scope", EventCodes.THREAD_END, 0).created("owner", "").starts("owner", 1);
        film.created("one", "owner").created("two", "owner");
        film.takes("one", "scope", EventCodes.SHARED, "").takes("two", "scope", EventCodes.SHARED, "");
        film.at(5).gives("one", "scope", EventCodes.SHARED).waits("owner", "join", "scope");
        Resource scope = film.at(9).recording().end().resource(film.resource("scope"));
        assertThat(scope.holders().orNull()).isNull();
        assertThat(scope.holders().basis()).startsWith("it waits for " + TaskNumber.text(film.id("two")) + " to end;");
    }

    @Test
    void who_joins_a_thread_waits_for_the_end_of_that_one() {
        film.at(0)
                .created("owner", "")
                .starts("owner", 1)
                .created("first", "owner")
                .created("other", "owner");
        film.links("owner", EventCodes.AWAITS, "first").waits("owner", "java.lang.Thread.join", "");
        film.at(2).ends("first").goesOn("owner", "");
        film.at(3).links("owner", EventCodes.AWAITS, "other").waits("owner", "java.lang.Thread.join", "");
        Wait wait = Objects.requireNonNull(taskAt("owner", 4).waiting());
        Resource end = Objects.requireNonNull(film.recording().end().resource(wait.resourceId()));
        assertThat(end.kind()).isEqualTo(ResourceKind.THREAD_END);
        assertThat(end.name()).isEqualTo("other");
        assertThat(wait.resourceId()).as("as all others are numbered").isPositive();
        assertThat(end.holders().basis()).isEqualTo("it waits for " + TaskNumber.text(film.id("other")) + " to end");
    }

    @Test
    void who_joins_and_was_linked_to_nobody_that_lives_waits_for_something_unknown() {
        film.at(0).created("owner", "").starts("owner", 1).created("first", "owner");
        film.links("owner", EventCodes.AWAITS, "first").at(1).ends("first");
        film.at(2).waits("owner", "java.lang.Thread.join", "").at(4);
        Wait wait = Objects.requireNonNull(taskAt("owner", 4).waiting());
        assertThat(wait.resourceId()).isZero();
    }
}
