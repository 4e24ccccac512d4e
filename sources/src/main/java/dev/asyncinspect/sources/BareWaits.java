package dev.asyncinspect.sources;

import dev.asyncinspect.model.AwaitSite;
import dev.asyncinspect.model.CodeSite;
import dev.asyncinspect.model.Frame;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a task waits whose whole code is a method of the JDK, as that of {@code submit(answer::join)}. */
final class BareWaits {

    /*
     * Such a stack has no frame of the program. What runs tasks has called the method that waits, with nothing but the hidden frame of
     * the method reference in between, so that method is the await; a recording calls it by the same name. A worker that is
     * idle stands in the same queues, but on behalf of its pool.
     */

    private static final String JUC = "java.util.concurrent.";
    private static final Set<String> RUNNERS = Set.of(
            JUC + "FutureTask.run",
            JUC + "FutureTask.runAndReset",
            JUC + "Executors$RunnableAdapter.call",
            JUC + "CompletableFuture$AsyncSupply.run",
            JUC + "CompletableFuture$AsyncRun.run",
            JUC + "ThreadPoolExecutor.runWorker",
            "java.lang.Thread.run",
            "java.lang.Thread.runWith",
            "java.lang.VirtualThread.run");
    private static final String ADAPTED = JUC + "ForkJoinTask$Adapted";
    private static final String STAGE = JUC + "CompletableFuture$Uni";

    private BareWaits() {}

    /** The await of a stack without a frame of the program; null if it is none of a task. */
    static @Nullable AwaitSite in(List<Frame> frames) {
        Frame called = null;
        for (Frame frame : frames) {
            if (isRunner(frame)) {
                return called == null || WaitKinds.byFrame(called) == null
                        ? null
                        : AwaitSite.named(CodeSite.of(called.className() + "." + called.method()));
            }
            called = frame.isHidden() ? called : frame;
        }
        return null;
    }

    private static boolean isRunner(Frame frame) {
        return RUNNERS.contains(frame.className() + "." + frame.method())
                || (frame.className().startsWith(ADAPTED)
                        && (frame.method().equals("exec") || frame.method().equals("compute")))
                || (frame.className().startsWith(STAGE) && frame.method().equals("tryFire"));
    }
}
