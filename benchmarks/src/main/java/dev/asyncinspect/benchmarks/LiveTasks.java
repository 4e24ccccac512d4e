package dev.asyncinspect.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** A program with many tasks that wait: prints how much heap they take, after a collection, and how much memory the process has, in bytes. */
final class LiveTasks {

    private static final long A_MOMENT_NANOS = 100_000_000;
    private static final int BATCHES = 100;
    private static final int BATCH = 2_000;

    private LiveTasks() {}

    public static void main(String[] args) throws Exception {
        List<Object> alive = args[0].equals("threads") ? warmThreads(Integer.parseInt(args[1])) : futures(args[1]);
        long heap = Long.MAX_VALUE;
        for (long before = Long.MAX_VALUE; before == Long.MAX_VALUE || heap < before; ) {
            before = heap; // until the recorder has taken what is there, and nothing more goes
            System.gc();
            heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
            LockSupport.parkNanos(A_MOMENT_NANOS);
        }
        System.out.println(heap + " " + resident() + " " + alive.size());
        Runtime.getRuntime().halt(0);
    }

    /** After as many have waited and ended as a JVM needs to compile what they do: a thread that waits keeps its frames, and interpreted ones are larger. */
    private static List<Object> warmThreads(int count) throws InterruptedException {
        for (int i = 0; i < BATCHES; i++) {
            CountDownLatch gate = new CountDownLatch(1);
            List<Object> batch = threads(BATCH, gate);
            gate.countDown();
            for (Object thread : batch) {
                ((Thread) thread).join();
            }
        }
        return threads(count, new CountDownLatch(1));
    }

    private static List<Object> threads(int count, CountDownLatch gate) {
        List<Object> alive = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            alive.add(Thread.startVirtualThread(() -> pass(gate)));
        }
        for (Object thread : alive) {
            while (((Thread) thread).getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        return alive;
    }

    private static void pass(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Each with a stage that waits for it. */
    private static List<Object> futures(String text) {
        int count = Integer.parseInt(text);
        List<Object> alive = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            CompletableFuture<Integer> source = new CompletableFuture<>();
            alive.add(source);
            alive.add(source.thenApply(before -> before + 1));
        }
        return alive;
    }

    private static long resident() throws Exception {
        String line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(each -> each.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D+", "")) * 1024;
    }
}
