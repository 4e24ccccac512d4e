package dev.asyncinspect.benchmarks;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Question: what does recording cost a program, beyond what any agent costs it? Workloads: {@link RecordWorkload}, each in a JVM
 * of its own. Arms, in turns: no agent twice (the A/A twin says what a difference is worth), an empty agent, ours idle, ours
 * recording. Goals beyond the empty agent: switch 80 ns, spawn 150 ns, a request 5 %. Alone: {@code benchmarks/run record
 * [rounds]}.
 */
final class RecordBenchmark {

    private static final String[] WORKLOADS = {"switch", "spawn", "http"};

    private RecordBenchmark() {}

    /** An agent that does nothing. */
    public static void premain(String options) {
        // its presence alone is what is measured
    }

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 9;
        Path empty = emptyAgent();
        String ours = "-javaagent:" + Path.of("bundle/target/async-inspect.jar").toAbsolutePath();
        Map<String, List<String>> arms = new LinkedHashMap<>();
        arms.put("no agent", List.of());
        arms.put("no agent, again", List.of());
        arms.put("empty agent", List.of("-javaagent:" + empty));
        arms.put("ours, idle", List.of(ours + "=link=/tmp/async-inspect-benchmark/%d.sock,idle-millis=3600000"));
        arms.put("ours, recording", List.of(ours + "=record"));
        for (String workload : WORKLOADS) {
            measure(workload, rounds, arms);
        }
        Files.delete(empty);
    }

    private static void measure(String workload, int rounds, Map<String, List<String>> arms) throws Exception {
        Map<String, double[]> clock = new LinkedHashMap<>();
        Map<String, double[]> computed = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, List<String>> arm : arms.entrySet()) {
                String[] figures = run(workload, arm.getValue(), round).split(" ");
                clock.computeIfAbsent(arm.getKey(), none -> new double[rounds])[round] = Double.parseDouble(figures[0]);
                computed.computeIfAbsent(arm.getKey(), none -> new double[rounds])[round] =
                        Double.parseDouble(figures[1]);
            }
        }
        report(workload + " clock", clock);
        report(workload + " cpu", computed);
    }

    private static void report(String what, Map<String, double[]> nanos) {
        double[] base = nanos.getOrDefault("empty agent", new double[0]);
        nanos.forEach((arm, values) -> report(what, arm, values, base));
    }

    private static void report(String workload, String arm, double[] values, double[] base) {
        double[] difference = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            difference[i] = values[i] - base[i];
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        Arrays.sort(difference);
        int middle = values.length / 2;
        System.out.printf(
                Locale.ROOT,
                "%-13s %-16s %9.0f ns [%.0f, %.0f]   beyond the empty agent %+8.0f ns [%+.0f, %+.0f]   %d rounds%n",
                workload,
                arm,
                sorted[middle],
                sorted[0],
                sorted[sorted.length - 1],
                difference[middle],
                difference[0],
                difference[difference.length - 1],
                values.length);
    }

    private static String run(String workload, List<String> options, int round) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : options) {
            command.add(option.replace("%d", String.valueOf(round)));
        }
        command.addAll(List.of(
                "-Djdk.virtualThreadScheduler.parallelism=1",
                "-Djdk.virtualThreadScheduler.maxPoolSize=1",
                "-cp",
                System.getProperty("java.class.path"),
                RecordWorkload.class.getName(),
                workload));
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

    /** A jar with an agent that does nothing, for the caller to delete. */
    static Path emptyAgent() throws Exception {
        Path jar = Files.createTempFile("empty-agent", ".jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), RecordBenchmark.class.getName());
        manifest.getMainAttributes().put(new Attributes.Name("Can-Retransform-Classes"), "true");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            out.flush();
        }
        return jar;
    }
}
