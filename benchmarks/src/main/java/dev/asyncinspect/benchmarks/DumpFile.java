package dev.asyncinspect.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Writes a text dump as HotSpot would, of a service with many threads and two of them in a deadlock. */
final class DumpFile {

    /** How many different stacks there are: services have many threads and few kinds of them. */
    private static final int STACKS = 500;

    private DumpFile() {}

    static Path write(Path folder, int threads) throws IOException {
        Path file = folder.resolve("dump-" + threads + ".txt");
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
            out.println("2026-11-23 12:00:00");
            out.println("Full thread dump OpenJDK 64-Bit Server VM (25.0.3+9-LTS mixed mode, sharing):");
            out.println();
            out.println("Threads class SMR info:");
            out.println("_java_thread_list=0x00007f62d0002970, length=" + threads + ", elements={");
            out.println("}");
            out.println();
            for (int i = 1; i <= threads; i++) {
                thread(out, i);
            }
            out.println("JNI global refs: 4, weak refs: 0");
        }
        return file;
    }

    private static void thread(PrintWriter out, int id) {
        boolean sick = id <= 2;
        out.printf(
                Locale.ROOT,
                "\"worker-%d\" #%d [%d] prio=5 os_prio=0 cpu=%d.%02dms elapsed=33.10s tid=0x%016x nid=%d %s"
                        + "  [0x%016x]%n",
                id,
                id,
                10_000 + id,
                id % 900,
                id % 100,
                0x7f0000000000L + id * 64L,
                10_000 + id,
                sick ? "waiting for monitor entry" : "waiting on condition",
                0x7e0000000000L + id * 4096L);
        if (sick) {
            out.println("   java.lang.Thread.State: BLOCKED (on object monitor)");
            out.println("\tat shop.Bank.transfer(Bank.java:34)");
            out.printf("\t- waiting to lock <0x%016x> (a shop.Account)%n", 0x69ec00000L + (id == 1 ? 2 : 1) * 16L);
            out.printf("\t- locked <0x%016x> (a shop.Account)%n", 0x69ec00000L + id * 16L);
        } else {
            out.println("   java.lang.Thread.State: WAITING (parking)");
            out.println("\tat jdk.internal.misc.Unsafe.park(java.base@25.0.3/Native Method)");
            out.printf(
                    "\t- parking to wait for  <0x%016x> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)%n",
                    0x69ed00000L + id * 16L);
            out.println("\tat java.util.concurrent.locks.LockSupport.park(java.base@25.0.3/LockSupport.java:223)");
            out.println("\tat java.util.concurrent.locks.ReentrantLock.lock(java.base@25.0.3/ReentrantLock.java:323)");
            out.println("\tat shop.Service" + id % STACKS + ".call(Service.java:" + (40 + id % 7) + ")");
        }
        out.println("\tat shop.Worker.run(Worker.java:12)");
        out.println("\tat java.lang.Thread.runWith(java.base@25.0.3/Thread.java:1487)");
        out.println("\tat java.lang.Thread.run(java.base@25.0.3/Thread.java:1474)");
        out.println();
        out.println("   Locked ownable synchronizers:");
        out.println("\t- None");
        out.println();
    }
}
