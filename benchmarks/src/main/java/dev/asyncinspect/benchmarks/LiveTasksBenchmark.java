package dev.asyncinspect.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Question: how much memory does recording cost a program for each task that lives? Workload: {@link LiveTasks}, a million virtual threads
 * that wait, then a million futures with a stage behind each; a JVM for each figure. Arms, in turns: no agent twice, an empty agent, ours recording. Goal: 96 bytes
 * of heap a task beyond the empty agent. Alone: {@code benchmarks/run live-tasks [rounds] [tasks]}.
 */
final class LiveTasksBenchmark {

    private LiveTasksBenchmark() {}

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        int tasks = args.length > 1 ? Integer.parseInt(args[1]) : 1_000_000;
        Path empty = RecordBenchmark.emptyAgent();
        Map<String, List<String>> arms = new LinkedHashMap<>();
        arms.put("no agent", List.of());
        arms.put("no agent, again", List.of());
        arms.put("empty agent", List.of("-javaagent:" + empty));
        arms.put(
                "ours, recording",
                List.of("-javaagent:"
                        + Path.of("bundle/target/async-inspect.jar").toAbsolutePath() + "=record"));
        for (String kind : List.of("threads", "futures")) {
            measure(kind, tasks, rounds, arms);
        }
        Files.delete(empty);
    }

    private static void measure(String kind, int tasks, int rounds, Map<String, List<String>> arms) throws Exception {
        Map<String, double[]> heap = new LinkedHashMap<>();
        Map<String, double[]> resident = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, List<String>> arm : arms.entrySet()) {
                String[] figures = run(kind, tasks, arm.getValue()).split(" ");
                heap.computeIfAbsent(arm.getKey(), none -> new double[rounds])[round] =
                        Double.parseDouble(figures[0]) / tasks;
                resident.computeIfAbsent(arm.getKey(), none -> new double[rounds])[round] =
                        Double.parseDouble(figures[1]) / tasks;
            }
        }
        report(kind + " heap", heap);
        report(kind + " process", resident);
    }

    private static void report(String what, Map<String, double[]> bytes) {
        double[] base = bytes.getOrDefault("empty agent", new double[0]);
        bytes.forEach((arm, values) -> {
            double[] more = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                more[i] = values[i] - base[i];
            }
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            Arrays.sort(more);
            int middle = values.length / 2;
            System.out.printf(
                    Locale.ROOT,
                    "%-16s %-16s %7.0f B a task [%.0f, %.0f]   beyond the empty agent %+6.0f B [%+.0f, %+.0f]   %d rounds%n",
                    what,
                    arm,
                    sorted[middle],
                    sorted[0],
                    sorted[sorted.length - 1],
                    more[middle],
                    more[0],
                    more[more.length - 1],
                    values.length);
        });
    }

    private static String run(String kind, int tasks, List<String> options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx6g");
        command.addAll(options);
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), LiveTasks.class.getName(), kind, String.valueOf(tasks)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = process.inputReader().readLine();
        process.waitFor();
        if (line == null) {
            throw new IllegalStateException("no figure from " + command);
        }
        return line;
    }
}
