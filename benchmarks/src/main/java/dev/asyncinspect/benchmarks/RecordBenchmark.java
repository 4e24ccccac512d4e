package dev.asyncinspect.benchmarks;

import java.util.List;

/**
 * Question: what does recording cost a program, beyond what any agent costs it? Workloads: {@link RecordWorkload}, each in a JVM
 * of its own; arms, in turns: {@link Arms}. Goals beyond the empty agent: switch 80 ns, spawn 150 ns; idle 1 %. Alone: {@code
 * benchmarks/run record [rounds] [switch | spawn | join | get | fork | pinned | submit | options]}; what comes after spawn has no goal, and
 * the last is {@code switch}, {@code spawn} and {@code submit} with each option that a recording has.
 */
final class RecordBenchmark {

    private static final List<String> WORKLOADS = List.of("switch", "spawn", "join", "get", "fork", "pinned", "submit");
    private static final List<String> WITH_OPTIONS = List.of("switch", "spawn", "submit");

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
        String wanted = args.length > 1 ? args[1] : "";
        boolean options = wanted.equals("options");
        try (Arms arms = options ? Arms.ofAgents().andOptions() : Arms.ofAgents()) {
            List<String> one = wanted.isEmpty() ? WORKLOADS : List.of(wanted);
            for (String workload : options ? WITH_OPTIONS : one) {
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
