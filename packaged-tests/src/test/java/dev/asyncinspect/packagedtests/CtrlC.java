package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a person does who has waited long enough. */
final class CtrlC {

    private static final int INTERRUPT = 2;
    private static final int TERMINATE = 15;

    private CtrlC() {}

    /** Ends the process by a signal; returns the exit code that says so. */
    static int on(JavaProcess process) throws IOException, InterruptedException {
        int signal = isInterruptIgnored(process.pid()) ? TERMINATE : INTERRUPT;
        assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
        return 128 + signal;
    }

    /** Shells have their jobs in the background ignore it, and so all that these start, these tests perhaps. */
    private static boolean isInterruptIgnored(long pid) throws IOException {
        String mask = Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElseThrow()
                .replaceFirst("SigIgn:\\s*", "");
        return (Long.parseUnsignedLong(mask, 16) & 1L << (INTERRUPT - 1)) != 0;
    }
}
