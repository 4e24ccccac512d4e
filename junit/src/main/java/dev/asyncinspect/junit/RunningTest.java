package dev.asyncinspect.junit;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A test that runs, or has run. Holds nothing of the test itself: threads that it leaves behind may keep this for ever. */
final class RunningTest {

    /*
     * Written by the thread of the test and by the watchdog. The verdict is volatile: the watchdog writes it before it
     * interrupts the thread, which reads it once the test has ended. What virtual threads carry is made by whoever makes the
     * first, under the lock of this object.
     */

    private final String name;
    private final String className;
    private final Set<Check> checks;
    private final Duration hangAfter;
    private final Watermark start = Watermark.now();
    private final Instant since = Instant.now();
    private final long testThread = Watermark.id(Thread.currentThread());
    private final ConcurrentLinkedQueue<String> uncaught = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> blocked = new ConcurrentLinkedQueue<>();
    private @Nullable WeakReference<Lineage.Origin> virtualThreads;
    private volatile boolean alone = true;
    private volatile @Nullable InspectionError hang;

    RunningTest(String name, String className, Set<Check> checks, Duration hangAfter) {
        this.name = name;
        this.className = className;
        this.checks = checks.isEmpty() ? EnumSet.noneOf(Check.class) : EnumSet.copyOf(checks);
        this.hangAfter = hangAfter;
    }

    String className() {
        return className;
    }

    /** {@code example.BankTest.moves()}. */
    String name() {
        return name;
    }

    boolean isInspectedFor(Check check) {
        return checks.contains(check);
    }

    Duration hangAfter() {
        return hangAfter;
    }

    /** How far numbers of threads and pools had come when it began. */
    Watermark start() {
        return start;
    }

    /** Whether this thread was made on its behalf while it ran. */
    boolean made(long threadId) {
        return alone ? threadId > start.threadId() : ThreadParents.isOf(threadId, testThread, since);
    }

    /** What all virtual threads carry that are made on its behalf. */
    synchronized Lineage.Origin originOfVirtualThreads() {
        Lineage.Origin origin = virtualThreads == null ? null : virtualThreads.get();
        if (origin == null) { // the first, or all before have ended
            origin = new Lineage.Origin(this);
            virtualThreads = new WeakReference<>(origin);
        }
        return origin;
    }

    /** Whether virtual threads were made on its behalf of which some may live. Right after a collection it is certain. */
    synchronized boolean mayHaveVirtualThreads() {
        return virtualThreads != null && !virtualThreads.refersTo(null);
    }

    /** Another test has run beside it: what came up meanwhile may be the other's. */
    void metAnother() {
        alone = false;
    }

    /** Whether no other test has run beside it so far. */
    boolean isAlone() {
        return alone;
    }

    /** Whether code of its class, or of one nested in it, stands on this stack. */
    boolean isOn(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            String owner = frame.getClassName();
            if (owner.equals(className) || owner.startsWith(className + "$")) {
                return true;
            }
        }
        return false;
    }

    void died(String failure) {
        uncaught.add(failure);
    }

    /** How its threads died, each told once. */
    List<String> takeDead() {
        List<String> dead = List.copyOf(uncaught);
        uncaught.removeAll(dead);
        return dead;
    }

    void blocked(String thread) {
        if (!blocked.contains(thread)) {
            blocked.add(thread);
        }
    }

    List<String> blocked() {
        return List.copyOf(blocked);
    }

    /** It hangs, for this reason. */
    void hangs(InspectionError why) {
        hang = why;
    }

    @Nullable
    InspectionError hang() {
        return hang;
    }
}
