package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcFsTest {

    @Test
    void a_jvm_is_told_from_another_program() throws IOException {
        assertThat(ProcFs.isJvm(ProcessHandle.current().pid())).isTrue();
        Process other = new ProcessBuilder("cat").start(); // ends with its input
        try {
            assertThat(ProcFs.isJvm(other.pid())).isFalse();
        } finally {
            other.destroy();
        }
        assertThat(ProcFs.isJvm(0)).isNull();
    }
}
