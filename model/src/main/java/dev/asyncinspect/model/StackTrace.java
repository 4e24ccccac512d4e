package dev.asyncinspect.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one task, innermost first. Readers share one instance between all tasks that stand at the same place, so
 * that ten thousand parked threads cost one stack.
 */
public final class StackTrace {

    /** No frames: not captured, or a thread without Java frames. */
    public static final StackTrace EMPTY = new StackTrace(List.of());

    private final List<Frame> frames;
    private final int hash;
    private @Nullable List<String> methods; // made when first asked for, by whoever asks: each makes the same

    private StackTrace(List<Frame> frames) {
        this.frames = frames;
        this.hash = frames.hashCode();
    }

    /** A stack of these frames, innermost first. */
    public static StackTrace of(List<Frame> frames) {
        return frames.isEmpty() ? EMPTY : new StackTrace(List.copyOf(frames));
    }

    /** The frames, innermost first. */
    public List<Frame> frames() {
        return frames;
    }

    /** The methods of the frames with their classes, innermost first: {@code java.util.concurrent.FutureTask.run}. */
    public List<String> methods() {
        List<String> known = methods;
        if (known == null) {
            known = frames.stream()
                    .map(frame -> frame.className() + "." + frame.method())
                    .toList();
            methods = known;
        }
        return known;
    }

    /** Whether there is no frame at all. */
    public boolean isEmpty() {
        return frames.isEmpty();
    }

    /** The innermost frame, null if there is none. */
    public @Nullable Frame top() {
        return frames.isEmpty() ? null : frames.get(0);
    }

    /** Whether some frame is this method of this class. */
    public boolean contains(String className, String method) {
        for (Frame frame : frames) {
            if (frame.method().equals(method) && frame.className().equals(className)) {
                return true;
            }
        }
        return false;
    }

    /** The innermost frame outside the JDK and not hidden: the line a person wrote; null if all frames are the JDK's. */
    public @Nullable Frame firstOutsideJdk() {
        for (Frame frame : frames) {
            if (!frame.isJdk() && !frame.isHidden()) {
                return frame;
            }
        }
        return null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof StackTrace that && hash == that.hash && frames.equals(that.frames));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return frames.toString();
    }
}
