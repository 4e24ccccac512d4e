package dev.asyncinspect.sources.heap;

import dev.asyncinspect.model.Frame;
import java.util.List;
import java.util.Map;

/**
 * A thread that had not ended when the heap was dumped.
 *
 * @param objectId its {@code java.lang.Thread}
 * @param frames its stack, innermost first; empty if it has run nothing yet
 * @param locals what each frame refers to, by the number of the frame; -1 stands for what belongs to none
 */
public record HeapThread(long objectId, List<Frame> frames, Map<Integer, List<Long>> locals) {}
