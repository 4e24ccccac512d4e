package dev.asyncinspect.packagedtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a fault of the clinic must be found as: the plain reference that the diagnosis is held against.
 *
 * @param fault the switch of the clinic
 * @param finding kind and confidence
 * @param culprit what the names of the culprits begin with, empty if they have none
 * @param file source file of the line where a culprit waits, empty if it does not wait
 * @param snippet text of that line, which is looked up in the source
 */
record Expected(String fault, String finding, String culprit, String file, String snippet) {

    private static final Path SOURCES = Path.of("../examples/clinic/src/main/java/dev/asyncinspect/examples/clinic");

    /** What is visible in a text dump of any JDK when the threads are platform threads. */
    static final List<Expected> ON_PLATFORM_THREADS = List.of(
            new Expected("lock-cycle", "lock-cycle PROVEN", "clerk-", "LockCycle.java", "synchronized (to)"),
            new Expected("lock-cycle-juc", "lock-cycle PROVEN", "guest-", "LockCycleJuc.java", "second.lock()"),
            new Expected("lock-cycle-mixed", "lock-cycle PROVEN", "courier-", "", ""),
            new Expected(
                    "self-deadlock", "self-deadlock LIKELY", "librarian-", "SelfDeadlock.java", "writeLock().lock()"),
            new Expected("class-init-cycle", "class-init-cycle PROVEN", "", "", ""),
            new Expected("pool-starvation", "pool-starvation LIKELY", "cook-", "PoolStarvation.java", "side.get()"),
            new Expected(
                    "pool-starvation-cf", "pool-starvation LIKELY", "translator-", "PoolStarvationCf.java", ".join()"),
            new Expected(
                    "blocked-event-loop",
                    "blocked-event-loop LIKELY",
                    "HTTP-Dispatcher",
                    "BlockedEventLoop.java",
                    ".get()"),
            new Expected("blocked-event-loop-netty", "blocked-event-loop LIKELY", "newsroom-", "", ""),
            new Expected("lock-contention", "lock-contention LIKELY", "author-", "", ""),
            new Expected("cpu-bound-task", "cpu-bound-task HINT", "mathematician-", "", ""),
            new Expected("pool-exhausted", "pool-exhausted LIKELY", "clerk-", "", ""),
            new Expected("pool-exhausted-dbcp2", "pool-exhausted LIKELY", "clerk-", "", ""),
            new Expected("pool-exhausted-tomcat", "pool-exhausted LIKELY", "clerk-", "", ""));

    String kind() {
        return finding.substring(0, finding.indexOf(' '));
    }

    /** {@code LockCycle.java:45}: the lines of the source file that hold the snippet. */
    List<String> places() throws IOException {
        List<String> lines = Files.readAllLines(SOURCES.resolve(file));
        List<String> places = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(snippet)) {
                places.add(file + ":" + (i + 1));
            }
        }
        return places;
    }

    @Override
    public String toString() {
        return fault;
    }
}
