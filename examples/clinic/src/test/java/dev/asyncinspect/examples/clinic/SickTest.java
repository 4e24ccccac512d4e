package dev.asyncinspect.examples.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault, sick, in a JVM of its own: the dump that the JDK takes must show it where the story says. */
class SickTest {

    static final List<Fault> FAULTS = Played.FAULTS;

    private static final String ON_PLATFORM_THREADS = """
            lock-cycle              | clerk         | BLOCKED (on object monitor)                       | 2 | Bank.transfer
            lock-cycle-juc          | guest         | WAITING (parking)                                 | 2 | Table.eat
            lock-cycle-mixed        | courier-1     | WAITING (parking)                                 | 1 | Station.visit
            lock-cycle-mixed        | courier-2     | BLOCKED (on object monitor)                       | 1 | Archive.visit
            lock-cycle-map          | translator    | BLOCKED (on object monitor)                       | 2 | Dictionary.enter
            future-cycle-cache      | genealogist   | WAITING (parking)                                 | 1 | FutureCycleCache.
            lost-signal-exchange    | office        | WAITING (parking)                                 | 2 | LostSignalExchange.send
            unread-output           | librarian     | WAITING (parking)                                 | 1 | UnreadOutput.order
            pool-starvation-nested  | cook          | WAITING (parking)                                 | 1 | Hotel.cook
            self-deadlock           | librarian     | WAITING (parking)                                 | 1 | Catalogue.enter
            self-deadlock-pool      | foreman       | TIMED_WAITING (parking)                           | 1 | SelfDeadlockPool.goHomeLast
            self-deadlock-queue     | clerk         | WAITING (parking)                                 | 1 | Tray.work
            class-init-cycle        | baker         | RUNNABLE                                          | 1 | Prices.<clinit>
            class-init-cycle        | collector     | RUNNABLE                                          | 1 | Taxes.<clinit>
            blocked-event-loop      | HTTP-Disp     | WAITING (parking)                                 | 1 | Pharmacy.deliver
            blocked-event-loop-netty| newsroom      | WAITING (parking)                                 | 1 | Newsroom.findPicture
            future-cycle            | cartographer  | WAITING (parking)                                 | 3 | java.util.concurrent.ThreadPoolExecutor.runWorker
            orphaned-future         | customer      | WAITING (parking)                                 | 1 | Parcel.fetch
            lost-signal             | guide         | WAITING (parking)                                 | 1 | LostSignal.tour
            permit-leak             | swimmer       | WAITING (parking)                                 | 2 | Bath.swim
            ownerless-lock          | archivist     | WAITING (parking)                                 | 2 | Vault.visit
            never-started           | student       | WAITING (parking)                                 | 1 | CopyShop.copy
            jvm-does-not-exit       | baker         | WAITING (parking)                                 | 2 | java.util.concurrent.ThreadPoolExecutor.getTask
            swallowed-failure       | watchman      | WAITING (parking)                                 | 1 | ScheduledThreadPoolExecutor$DelayedWorkQueue.take
            never-started-pool      | traveller     | WAITING (parking)                                 | 1 | Office.ride
            pool-starvation         | cook          | WAITING (parking)                                 | 2 | Kitchen.cookDinner
            pool-starvation-cf      | translator    | WAITING (parking)                                 | 2 | Translation.chapter
            pool-starvation-fork-join | weaver      | WAITING (parking)                                 | 2 | Weaving.cloth
            pool-starvation-invoke-all | printer    | WAITING (parking)                                 | 2 | Workshop.book
            pool-starvation-latch   | mason         | WAITING (parking)                                 | 2 | Site.wall
            pool-starvation-stream  | gardener      | WAITING (parking)                                 | 2 | Watering.water
            pool-starvation-timer   | ringer        | WAITING (parking)                                 | 1 | Tower.peal
            pool-starvation-loopback | porter       | RUNNABLE                                          | 2 | Inn.ring
            lock-contention         | author-1      | TIMED_WAITING (parking)                           | 1 | Printer.awaitPaper
            lock-contention         | author-4      | BLOCKED (on object monitor)                       | 1 | Printer.print
            cpu-bound-task          | mathematician | RUNNABLE                                          | 1 | Collatz.search
            pool-exhausted          | clerk         | TIMED_WAITING (parking)                           | 2 | com.zaxxer.hikari.pool.HikariPool.getConnection
            pool-exhausted-nested   | agent         | TIMED_WAITING (parking)                           | 2 | Agency.bookHotel
            pool-exhausted-dbcp2    | clerk         | TIMED_WAITING (parking)                           | 2 | org.apache.commons.dbcp2.BasicDataSource.getConnection
            pool-exhausted-tomcat   | clerk         | TIMED_WAITING (parking)                           | 2 | org.apache.tomcat.jdbc.pool.ConnectionPool.getConnection
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = ON_PLATFORM_THREADS)
    void the_threads_of_the_story_stand_where_it_says(
            String fault, String thread, String state, int count, String frame) throws Exception {
        try (ClinicProcess clinic = ClinicProcess.start(Jdk.running(), List.of(fault))) {
            reachesReady(clinic, fault);
            ThreadPrint dump = clinic.threadPrint();

            assertThat(dump.states(thread)).hasSize(count).containsOnly(state);
            assertThat(dump.threads(thread)).allSatisfy(text -> assertThat(text).contains(frame));
            leavesQuietly(clinic);
        }
    }

    @Test
    void customers_of_the_control_wait_on_a_monitor_that_the_dump_lists_as_locked() throws Exception {
        try (ClinicProcess clinic = ClinicProcess.start(Jdk.running(), List.of("wait-released"))) {
            reachesReady(clinic, "wait-released");
            // They are served all the time: a dump may catch one of them on the way, but not every dump.
            assertThat(Stream.generate(clinic::threadPrint)
                            .limit(20)
                            .anyMatch(dump -> dump.states("customer")
                                            .equals(Collections.nCopies(3, "WAITING (on object monitor)"))
                                    && dump.threads("customer").stream()
                                            .allMatch(text ->
                                                    text.contains("- waiting on <") && text.contains("- locked <"))))
                    .isTrue();
            leavesQuietly(clinic);
        }
    }

    @Test
    void a_ring_alternates_locks_and_threads() throws Exception {
        List<String> arguments = List.of("lock-cycle-mixed", "--threads", "mixed", "--size", "4");
        try (ClinicProcess clinic = ClinicProcess.start(Jdk.running(), arguments)) {
            reachesReady(clinic, "lock-cycle-mixed");
            assertThat(clinic.threadPrint().states("courier")).hasSize(2).containsOnly("WAITING (parking)");
            leavesQuietly(clinic);
        }
    }

    @ParameterizedTest
    @FieldSource("FAULTS")
    void every_fault_is_reached_on_virtual_threads(Fault fault) throws Exception {
        reachesReadyOnVirtualThreads(Jdk.running(), fault);
    }

    @ParameterizedTest
    @FieldSource("FAULTS")
    void every_fault_is_reached_on_virtual_threads_that_pin(Fault fault) throws Exception {
        reachesReadyOnVirtualThreads(jdk(21), fault);
    }

    @ParameterizedTest
    @FieldSource("FAULTS")
    void every_fault_of_platform_threads_is_reached_on_17(Fault fault) throws Exception {
        Jdk jdk = jdk(17);
        Assumptions.assumeFalse(fault.needsVirtualThreads(), "a fault of virtual threads");
        try (ClinicProcess clinic = ClinicProcess.start(jdk, List.of(fault.name()))) {
            reachesReady(clinic, fault.name());
            leavesQuietly(clinic);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock-cycle", "lock-cycle-juc", "lock-cycle-mixed"})
    void a_ring_of_any_size_and_any_names_among_others_is_still_one_deadlock(String fault) throws Exception {
        List<String> arguments = List.of(fault, "--size", "7", "--noise", "12", "--seed", "5", "--name-prefix", "x-");
        try (ClinicProcess clinic = ClinicProcess.start(Jdk.running(), arguments)) {
            reachesReady(clinic, fault);
            ThreadPrint dump = clinic.threadPrint();

            assertThat(dump.threads("x-")).hasSize(7 + 12);
            assertThat(dump.text()).contains("Found one Java-level deadlock");
            leavesQuietly(clinic);
        }
    }

    private static void reachesReadyOnVirtualThreads(Jdk jdk, Fault fault) throws Exception {
        try (ClinicProcess clinic = ClinicProcess.start(jdk, List.of(fault.name(), "--threads", "virtual"))) {
            reachesReady(clinic, fault.name());
            leavesQuietly(clinic);
        }
    }

    private static void reachesReady(ClinicProcess clinic, String fault) throws Exception {
        assertThat(clinic.readLine())
                .as("first line; stderr: %s", clinic.stderr())
                .isEqualTo("ready " + fault + " pid=" + clinic.pid());
    }

    private static void leavesQuietly(ClinicProcess clinic) throws Exception {
        assertThat(clinic.hangUp()).isZero();
        assertThat(clinic.readLine()).as("a second line").isNull();
        assertThat(clinic.stderr()).isEmpty();
    }

    private static Jdk jdk(int version) throws Exception {
        Optional<Jdk> jdk = Jdk.find(version);
        Assumptions.assumeTrue(jdk.isPresent(), "no JDK " + version + " on this machine");
        return jdk.orElseThrow();
    }
}
