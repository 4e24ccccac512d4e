package dev.asyncinspect.benchmarks;

import java.util.List;

/**
 * Question: how much later does a program begin that is recorded from its beginning? Workload: a main method that does nothing, from the start of
 * its process to its end; arms, in turns: {@link Arms}. Goal beyond the empty agent: 300 ms. Alone: {@code benchmarks/run start [rounds]}.
 */
final class StartBenchmark {

    private StartBenchmark() {}

    /** The program. */
    static final class Nothing {

        private Nothing() {}

        public static void main(String[] args) {
            // its beginning is what is measured
        }
    }

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 15;
        ArmFigures millis = new ArmFigures("start", "ms", rounds);
        try (Arms arms = Arms.ofAgents()) {
            for (int round = -1; round < rounds; round++) {
                for (String arm : arms.options().keySet()) {
                    long start = System.nanoTime();
                    run(arms.command(arm, List.of(), Nothing.class));
                    if (round >= 0) {
                        millis.add(arm, round, (System.nanoTime() - start) / 1e6);
                    }
                }
            }
        }
        millis.print();
    }

    private static void run(List<String> command) throws Exception {
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IllegalStateException(command + " ended with " + code);
        }
    }
}
