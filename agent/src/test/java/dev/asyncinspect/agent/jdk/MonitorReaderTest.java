package dev.asyncinspect.agent.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.asyncinspect.core.rows.Relation;
import dev.asyncinspect.core.rows.Row;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Monitors of virtual threads that stand still, and that such a thread goes on as if nobody had looked. */
class MonitorReaderTest {

    private static final int FIRST_WITH_SNAPSHOTS = 25;

    private final Actors actors = new Actors();
    private final Object monitor = new Object();

    @BeforeEach
    void needsAJdkThatTellsMonitors() {
        assumeTrue(Runtime.version().feature() >= FIRST_WITH_SNAPSHOTS, "before JDK 25 nothing tells them");
    }

    @AfterEach
    void stop() {
        actors.close();
    }

    @Test
    void the_owner_of_a_monitor_and_who_waits_for_it_are_told_once_they_have_stood_still() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Thread owner = holding(end);
        Thread waiter = actors.virtual(this::enter);
        Actors.awaitWaiting(waiter);
        JdkReader reader = Rows.reader();
        Rows first = Rows.sampleWithMonitors(reader);
        assertThat(first.objectsOf(owner, Relation.MONITOR_OWNER)).isEmpty();
        Rows rows = Rows.sampleWithMonitors(reader);
        int ref = rows.objectsOf(waiter, Relation.BLOCKED).get(0);
        assertThat(rows.threads(ref, Relation.MONITOR_OWNER)).containsExactly(owner.getId());
        assertThat(rows.notSeen()).doesNotContain("monitors of virtual threads that are not mounted");
        end.countDown();
    }

    @Test
    void who_was_read_goes_on_when_it_is_woken() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Thread owner = holding(end);
        Thread waiter = actors.virtual(this::enter);
        Actors.awaitWaiting(waiter);
        JdkReader reader = Rows.reader();
        Thread looking = actors.platform(() -> {
            while (owner.isAlive() || waiter.isAlive()) {
                Rows.sampleWithMonitors(reader);
            }
        });
        end.countDown(); // while it is read again and again
        owner.join();
        waiter.join();
        looking.join();
        assertThat(Rows.sampleWithMonitors(reader).of(Row.ThreadSeen.class))
                .noneMatch(row -> row.threadId() == owner.getId() || row.threadId() == waiter.getId());
    }

    @Test
    void nothing_of_it_is_read_unless_that_is_asked_for() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Thread owner = holding(end);
        JdkReader reader = Rows.reader();
        Rows.sample(reader);
        Rows rows = Rows.sample(reader);
        assertThat(rows.objectsOf(owner, Relation.MONITOR_OWNER)).isEmpty();
        assertThat(rows.notSeen()).contains("monitors of virtual threads that are not mounted");
        end.countDown();
    }

    @Test
    void a_jdk_without_the_means_says_so() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        holding(end);
        JdkReader reader = Rows.reader("jdk.internal.vm.ThreadSnapshot");
        assertThat(Rows.sampleWithMonitors(reader).of(Row.NotSeen.class))
                .anyMatch(row -> row.reason().equals("this JDK has no way to read them"));
        end.countDown();
    }

    private Thread holding(CountDownLatch end) throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        Thread owner = actors.virtual(() -> {
            synchronized (monitor) {
                entered.countDown();
                end.await();
            }
        });
        entered.await();
        Actors.awaitWaiting(owner);
        return owner;
    }

    private void enter() {
        synchronized (monitor) {
            assertThat(Thread.holdsLock(monitor)).isTrue();
        }
    }
}
