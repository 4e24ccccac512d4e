package dev.asyncinspect.agent;

import dev.asyncinspect.core.rows.Row;
import dev.asyncinspect.core.wire.SampleRequest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The least that can be read: platform threads with their states and stacks, by the JDK's public means. */
final class PlatformThreadRows implements RowSource {

    @Override
    public void sample(SampleRequest request, RowSink sink) {
        sink.accept(new Row.NotSeen("virtual threads and all objects", "only platform threads are read"));
        Map<List<StackTraceElement>, Integer> stackIds = new HashMap<>();
        Thread.getAllStackTraces().forEach((thread, frames) -> {
            if (thread != Thread.currentThread()) {
                int stackId = request.stacks() ? stackId(frames, request.maxStackDepth(), stackIds, sink) : 0;
                sink.accept(new Row.ThreadSeen(
                        thread.getId(),
                        thread.getName(),
                        false,
                        thread.isDaemon(),
                        thread.getState().name(),
                        0,
                        0,
                        0,
                        stackId));
            }
        });
    }

    private static int stackId(
            StackTraceElement[] frames, int maxDepth, Map<List<StackTraceElement>, Integer> stackIds, RowSink sink) {
        List<StackTraceElement> stack = Arrays.asList(frames).subList(0, Math.min(frames.length, maxDepth));
        Integer known = stackIds.get(stack);
        if (known != null) {
            return known;
        }
        int id = stackIds.size() + 1;
        stackIds.put(stack, id);
        sink.accept(new Row.Stack(id, stack));
        return id;
    }
}
