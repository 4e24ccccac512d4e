package dev.asyncinspect.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Each test with the inspector on and nothing known; afterwards no event may have been dropped, and none must contradict another. */
final class Recorded implements BeforeEachCallback, AfterEachCallback {

    private static final Inspector INSPECTOR = Inspector.global();

    private long dropped;

    @Override
    public void beforeEach(ExtensionContext context) {
        INSPECTOR.configure(Configuration.of(Mode.DEVELOPMENT));
        INSPECTOR.enable();
        INSPECTOR.reset();
        dropped = Inspector.RECORDER.dropped();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<TaskInfo> tasks = INSPECTOR.tasks();
        INSPECTOR.disable();
        assertThat(Inspector.RECORDER.dropped()).as("events dropped").isEqualTo(dropped);
        assertThat(tasks).as("tasks that miss events").noneMatch(TaskInfo::incomplete);
        for (TaskInfo task : tasks) {
            assertThat(task.runningNanos()).isNotNegative();
            assertThat(task.scheduledNanos()).isNotNegative();
            assertThat(task.blockedNanos()).isNotNegative();
            assertThat(task.polls() > 0 || task.runningNanos() == 0)
                    .as("ran without a poll: %s", task)
                    .isTrue();
        }
    }

    static TaskInfo task(long id) {
        return Objects.requireNonNull(INSPECTOR.task(id), "task " + id);
    }

    static TaskInfo task(String name) {
        List<TaskInfo> found = INSPECTOR.tasks(TaskQuery.ALL.where(task -> name.equals(task.name())));
        assertThat(found).as("tasks named %s in %s", name, INSPECTOR.tasks()).hasSize(1);
        return found.get(0);
    }
}
