package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.Gap;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.TaskKind;
import dev.asyncinspect.model.TaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from dumps that real JVMs of all versions made of one sick program. */
class RealDumpsTest {

    @ParameterizedTest
    @ValueSource(strings = {"17.0.15", "21.0.13", "25.0.3", "25.0.5"})
    void a_monitor_is_held_by_the_thread_that_lists_it(String version) {
        Snapshot snapshot = text(version);
        assertThat(Dumps.awaited(snapshot, "m1").kind()).isEqualTo(ResourceKind.MONITOR);
        assertThat(Dumps.awaited(snapshot, "m1").holders().provenance()).isEqualTo(Provenance.OBSERVED);
        assertThat(Dumps.holders(snapshot, "m1")).containsExactly("m2");
        assertThat(Dumps.holders(snapshot, "m2")).containsExactly("m1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"17.0.15", "21.0.13", "25.0.3", "25.0.5"})
    void a_lock_is_held_by_the_thread_that_owns_it(String version) {
        Snapshot snapshot = text(version);
        assertThat(Dumps.awaited(snapshot, "l1").kind()).isEqualTo(ResourceKind.LOCK);
        assertThat(Dumps.holders(snapshot, "l1")).containsExactly("l2");
        assertThat(Dumps.task(snapshot, "l1").waiting().bound()).isEqualTo(Bound.UNBOUNDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"17.0.15", "21.0.13", "25.0.3", "25.0.5"})
    void a_runnable_thread_that_waits_for_a_class_is_blocked_by_its_initialiser(String version) {
        Snapshot snapshot = text(version);
        assertThat(Dumps.task(snapshot, "ci1").state()).isEqualTo(TaskState.BLOCKED);
        assertThat(Dumps.awaited(snapshot, "ci1").kind()).isEqualTo(ResourceKind.CLASS_INIT);
        assertThat(Dumps.awaited(snapshot, "ci1").name()).isEqualTo("Sick$B");
        assertThat(Dumps.holders(snapshot, "ci1")).containsExactly("ci2");
        assertThat(Dumps.holders(snapshot, "ci2")).containsExactly("ci1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"17.0.15", "21.0.13", "25.0.3", "25.0.5"})
    void a_monitor_released_by_wait_is_held_by_nobody(String version) {
        Snapshot snapshot = text(version);
        assertThat(Dumps.awaited(snapshot, "waiter").kind()).isEqualTo(ResourceKind.CONDITION);
        assertThat(snapshot.resources())
                .filteredOn(resource -> resource.kind() == ResourceKind.MONITOR)
                .allSatisfy(resource -> assertThat(resource.knownHolders())
                        .noneMatch(hold ->
                                hold.taskId() == Dumps.task(snapshot, "waiter").id()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"17.0.15", "21.0.13", "25.0.3", "25.0.5"})
    void a_waiter_still_holds_the_other_monitors_it_is_inside_of(String version) {
        Snapshot snapshot = text(version);
        assertThat(snapshot.resources())
                .filteredOn(resource -> resource.kind() == ResourceKind.MONITOR)
                .anySatisfy(resource -> assertThat(resource.knownHolders())
                        .anyMatch(hold ->
                                hold.taskId() == Dumps.task(snapshot, "rel").id()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"17.0.15", "21.0.13", "25.0.3", "25.0.5"})
    void waits_are_told_apart_by_kind_mode_and_bound(String version) {
        Snapshot snapshot = text(version);
        assertThat(Dumps.awaited(snapshot, "pool-1-thread-1").kind()).isEqualTo(ResourceKind.FUTURE);
        assertThat(Dumps.awaited(snapshot, "pool-2-thread-1").kind()).isEqualTo(ResourceKind.FUTURE);
        assertThat(Dumps.awaited(snapshot, "main").kind()).isEqualTo(ResourceKind.SLEEP);
        assertThat(Dumps.task(snapshot, "timedwaiter").waiting().bound()).isEqualTo(Bound.TIMED);
        assertThat(Dumps.awaited(snapshot, "upg").kind()).isEqualTo(ResourceKind.READ_WRITE_LOCK);
        assertThat(Dumps.task(snapshot, "upg").waiting().mode()).isEqualTo(AccessMode.EXCLUSIVE);
        assertThat(Dumps.awaited(snapshot, "upg").holders().provenance()).isEqualTo(Provenance.UNKNOWN);
        assertThat(Dumps.task(snapshot, "spin").state()).isEqualTo(TaskState.RUNNING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"17.0.15", "21.0.13", "25.0.3", "25.0.5"})
    void the_list_of_deadlocks_at_the_end_is_not_read_as_more_threads(String version) {
        Snapshot snapshot = text(version);
        assertThat(snapshot.tasks())
                .filteredOn(task -> task.name().equals("m1"))
                .hasSize(1);
        assertThat(snapshot.completeness().truncated()).isFalse();
        assertThat((long) snapshot.completeness().threadsSeen())
                .isEqualTo(snapshot.completeness().threadsTotal());
        assertThat(snapshot.source().jvmVersion()).startsWith(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"25.0.3", "25.0.5"})
    void a_mounted_virtual_thread_is_a_task_on_its_carrier(String version) {
        Snapshot snapshot = text(version);
        var virtual = snapshot.tasks().stream()
                .filter(task -> task.kind() == TaskKind.VIRTUAL_THREAD)
                .toList();
        assertThat(virtual).hasSize(1);
        assertThat(virtual.get(0).stack().frames().get(0).method()).startsWith("lambda$main$");
        assertThat(snapshot.task(virtual.get(0).thread().carrierId()).name()).startsWith("ForkJoinPool-1-worker-");
        assertThat(virtual.get(0).state()).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void on_jdk_21_and_later_the_unmounted_virtual_threads_are_named_as_not_seen() {
        assertThat(text("17.0.15").completeness().gaps()).extracting(Gap::what).noneMatch(g -> g.contains("virtual"));
        assertThat(text("25.0.3").completeness().gaps()).extracting(Gap::what).anyMatch(g -> g.contains("virtual"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"25.0.3", "25.0.5"})
    void json_shows_unmounted_virtual_threads_and_their_monitors(String version) {
        Snapshot snapshot = Dumps.read(Dumps.text("sick-" + version + ".json"));
        assertThat(Dumps.task(snapshot, "v1").kind()).isEqualTo(TaskKind.VIRTUAL_THREAD);
        assertThat(Dumps.holders(snapshot, "v1")).containsExactly("v2");
        assertThat(Dumps.holders(snapshot, "v2")).containsExactly("v1");
        assertThat(Dumps.holders(snapshot, "m1")).containsExactly("m2");
    }

    @Test
    void json_of_jdk_21_has_no_states_and_only_parked_frames_count_as_waiting() {
        Snapshot snapshot = Dumps.read(Dumps.text("sick-21.0.13.json"));
        assertThat(Dumps.task(snapshot, "main").state()).isEqualTo(TaskState.BLOCKED);
        assertThat(Dumps.task(snapshot, "spin").state()).isEqualTo(TaskState.UNKNOWN);
        assertThat(Dumps.task(snapshot, "spin").kind()).isEqualTo(TaskKind.PLATFORM_THREAD);
        assertThat(Dumps.task(snapshot, "v1").kind()).isEqualTo(TaskKind.VIRTUAL_THREAD);
    }

    @Test
    void a_newer_json_names_owners_as_numbers() {
        Snapshot snapshot = Dumps.read("""
                {"threadDump": {"formatVersion": 2, "processId": 7, "runtimeVersion": "27+1", "threadContainers": [
                  {"container": "<root>", "threads": [
                    {"tid": 12, "name": "a", "state": "WAITING", "virtual": true, "parkBlocker": {"object":
                      "java.util.concurrent.locks.ReentrantLock$NonfairSync@1f", "owner": 13},
                     "stack": ["java.base/java.util.concurrent.locks.ReentrantLock.lock(ReentrantLock.java:1)",
                       "shop.Bank.pay(Bank.java:9)"]},
                    {"tid": 13, "name": "b", "state": "RUNNABLE", "stack": ["shop.Bank.pay(Bank.java:10)"], "new": {"x": [1]}}
                  ], "threadCount": 2}]}}
                """);
        assertThat(Dumps.holders(snapshot, "a")).containsExactly("b");
        assertThat(snapshot.completeness().threadsTotal()).isEqualTo(2);
    }

    @Test
    void two_threads_that_list_one_identity_as_locked_make_its_owner_unknown() {
        String monitor = "\"monitorsOwned\": [{\"depth\": 0, \"locks\": [\"shop.Account@1f\"]}]";
        Snapshot snapshot =
                Dumps.read("{\"threadDump\": {\"runtimeVersion\": \"25\", \"threadContainers\": [{\"threads\": ["
                        + "{\"tid\": \"1\", \"name\": \"a\", \"state\": \"RUNNABLE\", \"stack\": [\"A.b(A.java:1)\"], "
                        + monitor
                        + "}, {\"tid\": \"2\", \"name\": \"b\", \"state\": \"RUNNABLE\", \"stack\": [\"A.b(A.java:1)\"], "
                        + monitor
                        + "}, {\"tid\": \"3\", \"name\": \"c\", \"state\": \"BLOCKED\", \"stack\": [\"A.b(A.java:1)\"],"
                        + " \"blockedOn\": \"shop.Account@1f\"}]}]}}");
        assertThat(Dumps.awaited(snapshot, "c").holders().provenance()).isEqualTo(Provenance.UNKNOWN);
        assertThat(Dumps.awaited(snapshot, "c").holders().basis()).contains("two threads");
    }

    private static Snapshot text(String version) {
        return Dumps.read(Dumps.text("sick-" + version + ".txt"));
    }
}
