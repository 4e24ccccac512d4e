package dev.asyncinspect.sources;

import dev.asyncinspect.core.wire.RecordingMessage;
import java.util.List;

/**
 * How the recording in a JVM stands.
 *
 * @param state whether it records, and how much
 * @param hooks the hook table; empty if it never recorded
 */
public record RecordingState(RecordingMessage.State state, List<RecordingMessage.HookLine> hooks) {

    public RecordingState {
        hooks = List.copyOf(hooks);
    }
}
