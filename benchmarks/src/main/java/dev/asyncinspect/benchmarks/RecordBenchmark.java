package dev.asyncinspect.benchmarks;

import java.util.List;

/**
 * Question: what does recording cost a program, beyond what any agent costs it? Workloads: {@link RecordWorkload}, each in a JVM
 * of its own; arms, in turns: {@link Arms}. Goals beyond the empty agent: switch 80 ns, spawn 150 ns; idle 1 %. Alone: {@code
 * benchmarks/run record [rounds] [switch | spawn | join | get | fork | pinned]}; the last four have no goal.
 */
final class RecordBenchmark {

    private static final List<String> WORKLOADS = List.of("switch", "spawn", "join", "get", "fork", "pinned");

    /**
     * All virtual threads on one carrier, so that each operation follows the one before; a collector that takes no part while none is due:
     * under the default one the same spawn takes 0.7 or 2 microseconds, by the run. Scopes are a preview, and pinning is internal.
     */
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-Djdk.virtualThreadScheduler.parallelism=1",
            "-Djdk.virtualThreadScheduler.maxPoolSize=1",
            "--enable-preview",
            "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED");

    private RecordBenchmark() {}

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 11;
        try (Arms arms = Arms.ofAgents()) {
            for (String workload : args.length > 1 ? List.of(args[1]) : WORKLOADS) {
                measure(workload, rounds, arms);
            }
        }
    }

    private static void measure(String workload, int rounds, Arms arms) throws Exception {
        ArmFigures clock = new ArmFigures(workload + " clock", "ns", rounds);
        ArmFigures computed = new ArmFigures(workload + " cpu", "ns", rounds);
        for (int round = 0; round < rounds; round++) {
            for (String arm : arms.options().keySet()) {
                String[] figures = Processes.firstLine(arms.command(arm, OPTIONS, RecordWorkload.class, workload))
                        .split(" ");
                clock.add(arm, round, Double.parseDouble(figures[0]));
                computed.add(arm, round, Double.parseDouble(figures[1]));
            }
        }
        clock.print();
        computed.print();
    }
}
