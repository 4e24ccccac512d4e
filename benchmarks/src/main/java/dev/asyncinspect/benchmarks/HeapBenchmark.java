package dev.asyncinspect.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Question: how fast is a heap dump read and proven? Workload: heaps of 64 MB and 1 GB, half of it small linked objects, half
 * arrays and texts. Baseline twins: reading the bytes of the file once, and (for the pause) the JVM's own dump, which is
 * timed alone. Goal: 300 MB/s. Alone: {@code benchmarks/run heap [rounds]}, which needs 6 GB of memory and 3 GB of disk.
 */
final class HeapBenchmark {

    private static final int KIB = 1024;

    private HeapBenchmark() {}

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        Path folder = Files.createTempDirectory("heap");
        for (int mib : new int[] {64, 1024}) {
            List<Map<String, Object>> kept = fill(mib);
            Path file = folder.resolve("heap.hprof");
            long start = System.nanoTime();
            Processes.jdkTool(
                    "jcmd", String.valueOf(ProcessHandle.current().pid()), "GC.heap_dump", "-all", file.toString());
            long megabytes = Files.size(file) / 1_000_000;
            System.out.printf(
                    "GC.heap_dump -all of %d MB: %d ms, heap used %d MB, %d parts%n",
                    megabytes,
                    (System.nanoTime() - start) / 1_000_000,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1_000_000,
                    kept.size());
            Pairs.compare(
                    System.out,
                    "analyze heap, " + megabytes + " MB",
                    rounds,
                    () -> read(file),
                    () -> Processes.asyncInspect("analyze", file.toString()));
            Files.delete(file);
        }
        Files.delete(folder);
    }

    private static List<Map<String, Object>> fill(int mib) {
        List<Map<String, Object>> kept = new ArrayList<>();
        for (int i = 0; i < mib; i++) {
            Map<String, Object> part = new HashMap<>();
            for (int entry = 0; entry < 4 * KIB; entry++) { // about 128 bytes each
                part.put("order-" + i + "-" + entry, new Object[] {part, kept});
            }
            part.put("picture", new byte[512 * KIB]);
            kept.add(part);
        }
        return kept;
    }

    private static void read(Path file) throws IOException {
        try (var stream = Files.newInputStream(file)) {
            byte[] buffer = new byte[KIB * KIB];
            while (stream.read(buffer) >= 0) {
                // only the reading counts
            }
        }
    }
}
