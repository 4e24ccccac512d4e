package dev.asyncinspect.sources;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.AwaitSite;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.StackTrace;
import org.jspecify.annotations.Nullable;

/** Tells from a stack and the class files where exactly a task waits and where it acquired what it holds. */
public final class AwaitSites {

    @SuppressWarnings("UnusedVariable") // the scan of class files follows
    private final ClassFiles classes;

    public AwaitSites(ClassFiles classes) {
        this.classes = classes;
    }

    /** The place where this blocked stack waits, null if no frame of it tells. */
    public @Nullable AwaitSite siteOf(StackTrace stack) {
        Frame frame = stack.firstOutsideJdk();
        return frame == null ? null : AwaitSite.lineOnly(frame, "unknown");
    }

    /**
     * Where a monitor that is held in a frame was entered. A dump lists the monitors of a frame innermost first; the line
     * it prints is where the frame stands now, not where it locked.
     *
     * @param frameIndex index in the stack of the frame that holds it
     * @param nth which of the monitors of that frame, 0 is the innermost
     * @param count how many monitors that frame holds
     */
    public Fact<Frame> monitorEnteredAt(StackTrace stack, int frameIndex, int nth, int count) {
        return Fact.unknown("no class file");
    }

    /** Where the frames of this stack acquired a {@code java.util.concurrent} lock of this class and still hold it. */
    public Fact<Frame> lockAcquiredAt(StackTrace stack, String lockClassName, AccessMode mode) {
        return Fact.unknown("no class file");
    }

    /** Where this stack, which waits for the write half of a read-write lock, took a read half that it still holds. */
    public Fact<Frame> readLockTakenBeforeWriteLock(StackTrace stack) {
        return Fact.unknown("no class file");
    }
}
