package dev.asyncinspect.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Question: what does recording cost an HTTP server, and what do others cost it? Workload: {@link HttpWorkload}, asked from here by four
 * connections; arms, in turns: {@link Arms} with the agent of OpenTelemetry, which exports nothing, and a flight recording of the JDK. Goal
 * beyond the empty agent: 5 % of throughput and of p99, and not more than the others. Alone: {@code benchmarks/run http [rounds]}.
 */
final class HttpBenchmark {

    private static final int WARM_UP = 10_000;
    private static final int REQUESTS = 10_000;
    private static final int CONNECTIONS = 4;
    private static final double TICKS_A_SECOND = 100;

    private HttpBenchmark() {}

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 7;
        ArmFigures time = new ArmFigures("request", "us", rounds);
        ArmFigures slow = new ArmFigures("request p99", "us", rounds);
        ArmFigures computed = new ArmFigures("request cpu", "us", rounds);
        try (Arms arms = Arms.ofAgents().andOthers()) {
            for (int round = 0; round < rounds; round++) {
                for (String arm : arms.options().keySet()) {
                    double[] figures = run(arms.command(arm, List.of("-Xmx256m"), HttpWorkload.class));
                    time.add(arm, round, figures[0]);
                    slow.add(arm, round, figures[1]);
                    computed.add(arm, round, figures[2]);
                }
            }
        }
        time.print();
        slow.print();
        computed.print();
    }

    /** Microseconds a request, of the slowest hundredth, and computed by the server. */
    private static double[] run(List<String> command) throws Exception {
        Process server = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            int port = Integer.parseInt(server.inputReader().readLine());
            HttpClients.ask(port, WARM_UP);
            double before = computedSeconds(server.pid());
            long start = System.nanoTime();
            long[] nanos = HttpClients.ask(port, REQUESTS);
            double took = (System.nanoTime() - start) / 1e3;
            double seconds = computedSeconds(server.pid()) - before;
            int count = REQUESTS * CONNECTIONS;
            return new double[] {took / count, nanos[nanos.length * 99 / 100] / 1e3, seconds * 1e6 / count};
        } finally {
            server.outputWriter().close();
            server.waitFor();
        }
    }

    /** User and system time of all threads of a process, those of the JVM and of agents too. */
    private static double computedSeconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
        String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(words[11]) + Long.parseLong(words[12])) / TICKS_A_SECOND;
    }
}
