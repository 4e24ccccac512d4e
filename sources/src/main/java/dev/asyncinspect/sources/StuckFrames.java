package dev.asyncinspect.sources;

import dev.asyncinspect.model.Frame;
import java.util.List;
import java.util.Set;

/** Tells from its innermost frames that a thread waits, where a dump prints no state (JSON of JDK 21). */
final class StuckFrames {

    private static final Set<String> WAITING = Set.of(
            "jdk.internal.misc.Unsafe.park",
            "java.lang.Object.wait0",
            "java.lang.Object.wait",
            "java.lang.Thread.sleep0",
            "java.lang.Thread.sleepNanos0",
            "java.lang.VirtualThread.park",
            "java.lang.VirtualThread.parkOnCarrierThread",
            "java.lang.VirtualThread.parkNanos",
            "java.lang.VirtualThread.yieldContinuation",
            "java.lang.VirtualThread.sleepNanos");

    private StuckFrames() {}

    static boolean isWaiting(List<Frame> frames) {
        if (frames.isEmpty()) {
            return false;
        }
        Frame top = frames.get(0);
        return WAITING.contains(top.className() + "." + top.method());
    }
}
