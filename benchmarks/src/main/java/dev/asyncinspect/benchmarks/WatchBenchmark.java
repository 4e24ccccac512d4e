package dev.asyncinspect.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Question: how much does a watch make the watched JVM compute? Workload: a quiet program with 50 platform and 2,000 virtual threads that
 * wait. Arms, in turns on the same JVM: nobody watches, nobody again (the A/A twin), {@code watch}, {@code watch --attach}, both as often as
 * they may. The first look, which loads the agent, is over when the time begins to count. Goal: 1 % of one core more. Alone: {@code benchmarks/run watch [rounds [seconds]]}.
 */
final class WatchBenchmark {

    private static final int PLATFORM_THREADS = 50;
    private static final int VIRTUAL_THREADS = 2_000;
    private static final int FIRST_LOOK_SECONDS = 15;
    private static final long TICKS_PER_SECOND = 100; // USER_HZ, fixed for all programs that read /proc

    private WatchBenchmark() {}

    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("target")) {
            target();
            return;
        }
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 60;
        Map<String, List<String>> arms = new LinkedHashMap<>();
        arms.put("nobody watches", List.of());
        arms.put("nobody watches, again", List.of());
        arms.put("watch", List.of("--interval", "1s"));
        arms.put("watch --attach", List.of("--interval", "1s", "--attach"));
        Process target = java(
                "-XX:+EnableDynamicAgentLoading",
                "-cp",
                System.getProperty("java.class.path"),
                WatchBenchmark.class.getName(),
                "target");
        try {
            target.inputReader().readLine();
            report(measure(target.pid(), rounds, seconds, arms));
        } finally {
            target.destroyForcibly();
        }
    }

    /** Percent of one core that the target computed, by arm and round. */
    private static Map<String, double[]> measure(long pid, int rounds, int seconds, Map<String, List<String>> arms)
            throws Exception {
        Map<String, double[]> percent = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, List<String>> arm : arms.entrySet()) {
                double computed = computed(pid, seconds, arm.getValue());
                percent.computeIfAbsent(arm.getKey(), none -> new double[rounds])[round] = computed;
            }
        }
        return percent;
    }

    private static double computed(long pid, int seconds, List<String> options) throws Exception {
        Process watch = options.isEmpty() ? null : watch(pid, options);
        TimeUnit.SECONDS.sleep(watch == null ? 1 : FIRST_LOOK_SECONDS);
        long begin = System.nanoTime();
        long before = ticks(pid);
        TimeUnit.SECONDS.sleep(seconds);
        double result = 100.0 * (ticks(pid) - before) / TICKS_PER_SECOND / ((System.nanoTime() - begin) / 1e9);
        if (watch != null) {
            watch.destroy();
            watch.waitFor();
        }
        return result;
    }

    private static Process watch(long pid, List<String> options) throws IOException {
        String[] command = new String[4 + options.size()];
        command[0] = "-jar";
        command[1] = "bundle/target/async-inspect.jar";
        command[2] = "watch";
        command[3] = String.valueOf(pid);
        for (int i = 0; i < options.size(); i++) {
            command[4 + i] = options.get(i);
        }
        return java(command);
    }

    private static Process java(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void report(Map<String, double[]> percent) {
        double[] base = percent.values().iterator().next();
        percent.forEach((arm, values) -> {
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
                    "%-22s %6.2f %% of a core [%.2f, %.2f]   difference %+.2f [%+.2f, %+.2f]   %d rounds%n",
                    arm,
                    sorted[middle],
                    sorted[0],
                    sorted[values.length - 1],
                    difference[middle],
                    difference[0],
                    difference[values.length - 1],
                    values.length);
        });
    }

    /** Time that the process has computed, its JVM's own threads included. */
    private static long ticks(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    private static void target() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        Runnable waits = () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        for (int i = 0; i < PLATFORM_THREADS; i++) {
            Thread thread = new Thread(waits, "waiter-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        for (int i = 0; i < VIRTUAL_THREADS; i++) {
            Thread.ofVirtual().start(waits);
        }
        System.out.println("ready");
        never.await();
    }
}
