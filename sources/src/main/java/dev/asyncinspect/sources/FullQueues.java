package dev.asyncinspect.sources;

import dev.asyncinspect.model.Frame;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells from a stack that a thread waits to put something into a queue of the JDK, without a timeout. */
final class FullQueues {

    private static final String JUC = "java.util.concurrent.";
    private static final Map<String, Set<String>> PUT = Map.of(
            JUC + "ArrayBlockingQueue", Set.of("put"),
            JUC + "LinkedBlockingQueue", Set.of("put"),
            JUC + "LinkedBlockingDeque", Set.of("put", "putFirst", "putLast"),
            JUC + "LinkedTransferQueue", Set.of("transfer"),
            JUC + "SynchronousQueue", Set.of("put"));

    private FullQueues() {}

    /** Whether methods of this name put something into a queue, and wait. */
    static boolean isPut(String method) {
        return PUT.values().stream().anyMatch(names -> names.contains(method));
    }

    /** Whether this frame puts something into a queue, and waits as long as there is no room. */
    static boolean puts(Frame frame) {
        return PUT.getOrDefault(frame.className(), Set.of()).contains(frame.method());
    }

    /** The class of the queue into which the JDK's frames at the top put something; null if they do not. */
    static @Nullable String queueOf(List<Frame> frames) {
        int put = depthOfPut(frames);
        return put < 0 ? null : frames.get(put).className();
    }

    /** How deep the frame lies in which something is put into a queue, of those of the JDK above the program's; -1 if there is none. */
    static int depthOfPut(List<Frame> frames) {
        int found = -1;
        for (int depth = 0; depth < frames.size() && frames.get(depth).isJdk(); depth++) {
            found = puts(frames.get(depth)) ? depth : found;
        }
        return found;
    }
}
