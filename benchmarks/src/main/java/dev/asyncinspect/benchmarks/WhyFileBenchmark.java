package dev.asyncinspect.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Question: is {@code why --file} quick on a large dump, and does its time grow in step with the dump? Workload: text dumps of
 * services with 10,000 to 200,000 threads. Baseline twin: the same command on a dump of one hundredth the threads, which is
 * all start-up. Alone: {@code benchmarks/run why-file [rounds]}.
 */
final class WhyFileBenchmark {

    private WhyFileBenchmark() {}

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        Path folder = Files.createTempDirectory("why-file");
        for (int threads : new int[] {10_000, 100_000, 200_000}) {
            Path small = DumpFile.write(folder, threads / 100);
            Path large = DumpFile.write(folder, threads);
            Pairs.compare(
                    System.out,
                    "why --file, " + threads + " threads, " + Files.size(large) / 1_000_000 + " MB",
                    rounds,
                    () -> Processes.asyncInspect("why", "--file", small.toString()),
                    () -> Processes.asyncInspect("why", "--file", large.toString()));
            Files.delete(small);
            Files.delete(large);
        }
        Files.delete(folder);
    }
}
