package dev.asyncinspect.sources;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.StackTrace;
import java.util.HashMap;
import java.util.Map;

/** What the stacks of one snapshot wait for: ten thousand threads at one place are looked at once. Not thread-safe. */
final class StackKinds {

    private final Map<StackTrace, ResourceKind> kinds = new HashMap<>();
    private final Map<StackTrace, AccessMode> modes = new HashMap<>();

    ResourceKind of(StackTrace stack) {
        return kinds.computeIfAbsent(stack, s -> WaitKinds.of(s.frames()));
    }

    AccessMode mode(StackTrace stack) {
        return modes.computeIfAbsent(stack, s -> WaitKinds.mode(s.frames()));
    }
}
