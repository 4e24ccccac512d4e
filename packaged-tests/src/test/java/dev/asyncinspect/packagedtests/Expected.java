package dev.asyncinspect.packagedtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a fault of the clinic must be found as: the plain reference that the diagnosis is held against.
 *
 * @param fault the switch of the clinic
 * @param finding kind and confidence, by whatever it takes
 * @param inDump kind and confidence from a dump alone, empty if a dump does not show it
 * @param culprit what the names of the culprits begin with, empty if they have none
 * @param file source file of the line where a culprit waits, empty if it does not wait
 * @param snippet text of that line, which is looked up in the source
 */
record Expected(String fault, String finding, String inDump, String culprit, String file, String snippet) {

    private static final Path SOURCES = Path.of("../examples/clinic/src/main/java/dev/asyncinspect/examples/clinic");

    /** Every fault on platform threads, on any JDK. */
    static final List<Expected> ON_PLATFORM_THREADS = List.of(
            proven("lock-cycle", "clerk-").at("LockCycle.java", "synchronized (to)"),
            proven("lock-cycle-juc", "lock-cycle", "guest-").at("LockCycleJuc.java", "second.lock()"),
            proven("lock-cycle-mixed", "lock-cycle", "courier-"),
            proven("lock-cycle-map", "lock-cycle", "translator-"),
            proven("self-deadlock", "librarian-").inDump("LIKELY").at("SelfDeadlock.java", "writeLock().lock()"),
            proven("self-deadlock-pool", "self-deadlock", "foreman-")
                    .inDump("")
                    .at("SelfDeadlockPool.java", "awaitTermination("),
            proven("class-init-cycle", ""),
            proven("future-cycle", "cartographer-").inDump("").at("FutureCycle.java", "neighbour(own).get()"),
            proven("ownerless-lock", "retiree-").inDump(""),
            proven("pool-starvation", "cook-").inDump("LIKELY").at("PoolStarvation.java", "side.get()"),
            likely("pool-starvation-cf", "pool-starvation", "translator-").at("PoolStarvationCf.java", ".join()"),
            proven("pool-starvation-fork-join", "pool-starvation", "weaver-")
                    .inDump("")
                    .at("PoolStarvationForkJoin.java", "yarn.get()"),
            proven("pool-starvation-nested", "pool-starvation", "")
                    .inDump("LIKELY")
                    .at("PoolStarvationNested.java", ".get()"),
            proven("pool-starvation-invoke-all", "pool-starvation", "printer-")
                    .inDump("LIKELY")
                    .at("PoolStarvationInvokeAll.java", "invokeAll("),
            proven("pool-starvation-stream", "pool-starvation", "gardener-")
                    .inDump("")
                    .at("PoolStarvationStream.java", "can.get()"),
            hint("pool-starvation-latch", "pool-starvation", "mason-").at("PoolStarvationLatch.java", "bricks.await()"),
            hint("pool-starvation-timer", "pool-starvation", "ringer-")
                    .at("PoolStarvationTimer.java", "answer.await()"),
            likely("blocked-event-loop", "blocked-event-loop", "HTTP-Dispatcher")
                    .at("BlockedEventLoop.java", ".get()"),
            likely("blocked-event-loop-netty", "blocked-event-loop", "newsroom-"),
            likely("lock-contention", "lock-contention", "author-"),
            new Expected("unread-output", "unread-output HINT", "unread-output HINT", "librarian-", "", "")
                    .at("UnreadOutput.java", "waitFor()"),
            new Expected("cpu-bound-task", "cpu-bound-task HINT", "cpu-bound-task HINT", "mathematician-", "", ""),
            likely("pool-exhausted", "pool-exhausted", "clerk-"),
            likely("pool-exhausted-nested", "pool-exhausted", "agent-"),
            likely("pool-exhausted-dbcp2", "pool-exhausted", "clerk-"),
            likely("pool-exhausted-tomcat", "pool-exhausted", "clerk-"));

    /** Those that a heap proves. */
    static final List<Expected> IN_HEAPS = List.of(
            proven("orphaned-future", "customer-").at("OrphanedFuture.java", "delivered.join()"),
            proven("lost-signal", "guide-").at("LostSignal.java", "bags.await()"),
            proven("permit-leak", "swimmer-").at("PermitLeak.java", "keys.acquire()"),
            proven("pool-exhausted", "clerk-"),
            proven("pool-exhausted-nested", "pool-exhausted", "agent-"),
            proven("pool-exhausted-dbcp2", "pool-exhausted", "clerk-"),
            proven("pool-exhausted-tomcat", "pool-exhausted", "clerk-"),
            proven("ownerless-lock", "retiree-"),
            proven("never-started", "student-").at("NeverStarted.java", ".get()"),
            proven("never-started-pool", "never-started", "traveller-").at("NeverStartedPool.java", ".get()"),
            proven("self-deadlock-queue", "self-deadlock", "clerk-").at("SelfDeadlockQueue.java", ".put("),
            proven("lost-signal-exchange", "lost-signal", "office-").at("LostSignalExchange.java", "to.put("),
            likely("future-cycle-cache", "future-cycle", "genealogist-").at("FutureCycleCache.java", ".join()"),
            likely("jvm-does-not-exit", "jvm-does-not-exit", "baker-"),
            proven("pool-starvation-invoke-all", "pool-starvation", "printer-")
                    .at("PoolStarvationInvokeAll.java", "invokeAll("),
            proven("pool-starvation-latch", "pool-starvation", "mason-")
                    .at("PoolStarvationLatch.java", "bricks.await()"),
            proven("pool-starvation-stream", "pool-starvation", "gardener-")
                    .at("PoolStarvationStream.java", "can.get()"),
            proven("pool-starvation-timer", "pool-starvation", "ringer-")
                    .at("PoolStarvationTimer.java", "answer.await()"),
            likely("pool-starvation-loopback", "pool-starvation", "porter-")
                    .at("PoolStarvationLoopback.java", ".read()"),
            proven("lock-cycle-juc", "lock-cycle", "guest-").at("LockCycleJuc.java", "second.lock()"),
            proven("self-deadlock-pool", "self-deadlock", "foreman-").at("SelfDeadlockPool.java", "awaitTermination("),
            proven("future-cycle", "cartographer-").at("FutureCycle.java", "neighbour(own).get()"));

    private static final Set<String> SEEN_ON_VIRTUAL_THREADS = Set.of(
            "ownerless-lock",
            "lock-cycle-juc",
            "self-deadlock",
            "self-deadlock-pool",
            "future-cycle",
            "pool-starvation",
            "pool-starvation-cf",
            "pool-starvation-nested",
            "pool-starvation-latch",
            "blocked-event-loop",
            "blocked-event-loop-netty",
            "pool-exhausted",
            "pool-exhausted-nested",
            "pool-exhausted-dbcp2",
            "pool-exhausted-tomcat");

    /** The faults that the objects show on virtual threads as well: those without monitors. */
    static final List<Expected> ON_VIRTUAL_THREADS = ON_PLATFORM_THREADS.stream()
            .filter(fault -> SEEN_ON_VIRTUAL_THREADS.contains(fault.fault))
            .toList();

    private static Expected proven(String fault, String culprit) {
        return proven(fault, fault, culprit);
    }

    private static Expected proven(String fault, String kind, String culprit) {
        return new Expected(fault, kind + " PROVEN", kind + " PROVEN", culprit, "", "");
    }

    private static Expected likely(String fault, String kind, String culprit) {
        return new Expected(fault, kind + " LIKELY", kind + " LIKELY", culprit, "", "");
    }

    /** Live no more than a hint; a dump tells nothing. */
    private static Expected hint(String fault, String kind, String culprit) {
        return new Expected(fault, kind + " HINT", "", culprit, "", "");
    }

    private Expected inDump(String confidence) {
        String seen = confidence.isEmpty() ? "" : kind() + " " + confidence;
        return new Expected(fault, finding, seen, culprit, file, snippet);
    }

    private Expected at(String sourceFile, String text) {
        return new Expected(fault, finding, inDump, culprit, sourceFile, text);
    }

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
