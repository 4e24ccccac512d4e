package dev.asyncinspect.benchmarks;

import java.util.List;

/**
 * Question: how much memory does recording cost a program for each task that lives? Workload: {@link LiveTasks}, a million virtual threads that wait, then a
 * million futures with a stage behind each; a JVM for each figure; arms, in turns: {@link Arms}. Goal: 96 bytes of heap a task beyond the empty agent. Alone:
 * {@code benchmarks/run live-tasks [rounds] [tasks]}.
 */
final class LiveTasksBenchmark {

    private LiveTasksBenchmark() {}

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        int tasks = args.length > 1 ? Integer.parseInt(args[1]) : 1_000_000;
        try (Arms arms = Arms.ofAgents()) {
            for (String kind : List.of("threads", "futures")) {
                measure(kind, tasks, rounds, arms);
            }
        }
    }

    private static void measure(String kind, int tasks, int rounds, Arms arms) throws Exception {
        ArmFigures heap = new ArmFigures(kind + " heap", "B", rounds);
        ArmFigures process = new ArmFigures(kind + " process", "B", rounds);
        for (int round = 0; round < rounds; round++) {
            for (String arm : arms.options().keySet()) {
                String[] figures = Processes.firstLine(
                                arms.command(arm, List.of("-Xmx6g"), LiveTasks.class, kind, String.valueOf(tasks)))
                        .split(" ");
                heap.add(arm, round, Double.parseDouble(figures[0]) / tasks);
                process.add(arm, round, Double.parseDouble(figures[1]) / tasks);
            }
        }
        heap.print();
        process.print();
    }
}
