import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Shows that the JDK's own dump of virtual threads can kill a busy JVM (JDK-8364343), and that Thread.print does not.
 *
 * <pre>
 *   java -Xmx512m stress/DumpCrash.java dump_to_file 60    the JVM dies with SIGSEGV after a few dumps on JDK 25
 *   java -Xmx512m stress/DumpCrash.java Thread.print 60    the control: prints "survived 60 of 60"
 * </pre>
 */
public final class DumpCrash {

    private static final int BUSY = 500;
    private static final int PARKED = 5_000;

    public static void main(String[] args) throws Exception {
        String kind = args[0];
        int dumps = Integer.parseInt(args[1]);
        Object lock = new Object();
        for (int i = 0; i < PARKED; i++) {
            Thread.ofVirtual().name("parked-" + i).start(LockSupport::park);
        }
        for (int i = 0; i < BUSY; i++) {
            Thread.ofVirtual().name("busy-" + i).start(() -> beBusy(lock));
        }
        Path file = Files.createTempDirectory("dump-crash").resolve("dump.json");
        for (int i = 1; i <= dumps; i++) {
            dump(kind, file);
            System.out.println(kind + " " + i + " of " + dumps);
        }
        System.out.println("survived " + dumps + " of " + dumps);
        System.exit(0);
    }

    private static void dump(String kind, Path file) throws IOException, JMException {
        if (kind.equals("dump_to_file")) {
            Files.deleteIfExists(file);
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(file.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.JSON);
        } else {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "threadPrint",
                            new Object[] {new String[] {"-l"}},
                            new String[] {String[].class.getName()});
        }
    }

    /** What any service does: waits a little, holds a monitor a little, computes a little. */
    private static void beBusy(Object lock) {
        long sum = 0;
        while (true) {
            try {
                Thread.sleep(ThreadLocalRandom.current().nextInt(5));
            } catch (InterruptedException e) {
                return;
            }
            synchronized (lock) {
                for (int i = 0; i < 100; i++) {
                    sum += i;
                }
            }
            if (sum == 1) {
                System.out.println();
            }
        }
    }
}
