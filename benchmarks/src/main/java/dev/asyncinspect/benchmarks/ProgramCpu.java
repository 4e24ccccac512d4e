package dev.asyncinspect.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How long the threads of the program itself have computed: not those of the JVM, nor ours. On a loaded machine it tells more than the clock. */
final class ProgramCpu {

    private static final List<String> OTHERS = List.of("C1 ", "C2 ", "G1 ", "VM ", "GC ", "async-inspect");

    private ProgramCpu() {}

    static long nanos() throws IOException {
        long nanos = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path thread : threads) {
                String name = Files.readString(thread.resolve("comm"));
                if (OTHERS.stream().noneMatch(name::startsWith)) {
                    nanos += Long.parseLong(
                            Files.readString(thread.resolve("schedstat")).split(" ")[0]);
                }
            }
        }
        return nanos;
    }
}
