package dev.asyncinspect.packagedtests;

import dev.asyncinspect.testkit.JavaProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** Processes that a test has started, and all that they have started in turn: told by a variable of their environment. */
final class Offspring {

    private final String variable;
    private final String value = UUID.randomUUID().toString();

    /** Of the test of this name. */
    Offspring(String test) {
        this.variable = "OFFSPRING_OF_" + test;
    }

    /** Marks what is about to be started. */
    JavaProcess.Launch mark(JavaProcess.Launch launch) {
        return launch.environment(variable, value);
    }

    /** The process ids of those that live. */
    List<Long> alive() {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(this::isOurs)
                .toList();
    }

    private boolean isOurs(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1)
                    .contains(variable + "=" + value);
        } catch (IOException e) {
            return false;
        }
    }
}
