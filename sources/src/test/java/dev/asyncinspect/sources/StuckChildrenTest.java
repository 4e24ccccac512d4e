package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.UnreadOutput;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Real children of this JVM; whatever else it may have, these are told by their numbers. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class StuckChildrenTest {

    private static final long OURSELVES = ProcessHandle.current().pid();

    @Test
    void a_child_that_waits_to_write_to_a_full_pipe_is_told_with_its_stream() throws Exception {
        Process child = start("head", "-c", "200000", "/dev/zero");
        try {
            awaitWriter(child.pid());
            UnreadOutput output = child(child.pid()).output();
            assertThat(output).isNotNull();
            assertThat(output.writer()).isEqualTo("process " + child.pid() + " (head)");
            assertThat(output.stream()).isEqualTo("stdout");
            assertThat(output.pipe()).startsWith("pipe:[");
            assertThat(output.writtenBytes()).isBetween(0L, 200_000L);
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void a_child_that_waits_for_its_own_child_which_waits_to_write_is_told_with_that_one() throws Exception {
        Process shell = start("sh", "-c", "head -c 200000 /dev/zero; true");
        try {
            long writer = awaitChildOf(shell);
            awaitWriter(writer);
            UnreadOutput output = child(shell.pid()).output();
            assertThat(output).isNotNull();
            assertThat(output.writer()).isEqualTo("process " + writer + " (head)");
            assertThat(output.stream()).isEqualTo("stdout");
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
        } finally {
            shell.destroyForcibly();
        }
    }

    @Test
    void errors_that_nobody_reads_fill_stderr() throws Exception {
        Process child = start("sh", "-c", "exec cat $(seq 100000 105000)"); // no such files
        try {
            awaitWriter(child.pid());
            UnreadOutput output = child(child.pid()).output();
            assertThat(output).isNotNull();
            assertThat(output.stream()).isEqualTo("stderr");
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void a_pipe_that_only_the_stuck_ones_can_write_to_is_told_from_one_that_another_child_has_as_well()
            throws Exception {
        Process shell = start("sh", "-c", "head -c 200000 /dev/zero >&2; true");
        Process other = start("sh", "-c", "sleep 600 & head -c 200000 /dev/zero >&2; true");
        try {
            awaitWriterBehind(shell);
            awaitWriterBehind(other);
            assertThat(child(shell.pid()).aloneWrites(stdout(shell))).isTrue();
            assertThat(child(shell.pid()).aloneWrites(stdout(other))).isFalse();
            assertThat(child(other.pid()).aloneWrites(stdout(other)))
                    .as("the one that sleeps could")
                    .isFalse();
        } finally {
            for (Process process : List.of(shell, other)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    private static String stdout(Process process) {
        return Objects.requireNonNull(ProcPipes.target(process.pid(), 1));
    }

    private static void awaitWriterBehind(Process shell) {
        while (shell.children().noneMatch(child -> ProcPipes.writtenBy(child.pid()) != null)) {
            Thread.onSpinWait(); // until the pipe is full
        }
    }

    @Test
    void a_child_that_sleeps_waits_for_nobody() throws IOException {
        Process child = start("sleep", "600");
        try {
            assertThat(child(child.pid()).output()).isNull();
        } finally {
            child.destroyForcibly();
        }
    }

    private static Process start(String... command) throws IOException {
        return new ProcessBuilder(command).start();
    }

    private static StuckChildren.Child child(long pid) {
        return StuckChildren.of(OURSELVES).all().stream()
                .filter(child -> child.label().startsWith("process " + pid + " "))
                .findFirst()
                .orElseThrow();
    }

    private static void awaitWriter(long pid) {
        while (ProcPipes.writtenBy(pid) == null) {
            Thread.onSpinWait(); // until the pipe is full
        }
    }

    private static long awaitChildOf(Process shell) {
        while (true) {
            ProcessHandle child = shell.children().findFirst().orElse(null);
            if (child != null) {
                return child.pid();
            }
            Thread.onSpinWait();
        }
    }
}
