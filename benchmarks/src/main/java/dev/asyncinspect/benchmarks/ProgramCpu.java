package dev.asyncinspect.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How long the threads of the program itself have computed: not those of the JVM, nor ours. On a loaded machine it tells more than the clock. */
final class ProgramCpu {

    private static final List<String> OTHERS = List.of("C1 ", "C2 ", "G1 ", "VM ", "GC ", "async-inspect");

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private ProgramCpu() {}

    /** Of all threads there were, but for those that are not the program's; these live as long as the JVM. */
    static long nanos() throws IOException {
        long nanos = PROCESS.getProcessCpuTime();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path thread : threads) {
                nanos -= isOther(thread) ? computed(thread) : 0;
            }
        }
        return nanos;
    }

    private static boolean isOther(Path thread) {
        try {
            String name = Files.readString(thread.resolve("comm"));
            return OTHERS.stream().anyMatch(name::startsWith);
        } catch (IOException e) {
            return false; // it has ended, so it was the program's
        }
    }

    private static long computed(Path thread) throws IOException {
        return Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ")[0]);
    }
}
