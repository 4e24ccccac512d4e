package dev.asyncinspect.sources;

import dev.asyncinspect.core.rows.Row;
import dev.asyncinspect.core.wire.Hello;
import dev.asyncinspect.core.wire.MessageHandler;
import dev.asyncinspect.core.wire.RecordingHandler;
import dev.asyncinspect.core.wire.RecordingMessage;
import dev.asyncinspect.core.wire.SampleRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands on what an agent answers to one order about recording, and knows when that is over. */
final class RecordingRelay implements MessageHandler {

    private final List<String> problems;
    private final @Nullable RecordingHandler handler;
    private final List<RecordingMessage.HookLine> hooks = new ArrayList<>();
    private RecordingMessage.@Nullable State state;
    private RecordingMessage.@Nullable EventsEnd end;

    /**
     * A relay for one answer.
     *
     * @param problems takes what the agent says besides
     * @param handler takes events and symbols, null if none are asked for
     */
    RecordingRelay(List<String> problems, @Nullable RecordingHandler handler) {
        this.problems = problems;
        this.handler = handler;
    }

    boolean isComplete() {
        return state != null || end != null;
    }

    RecordingMessage.@Nullable State state() {
        return state;
    }

    RecordingMessage.@Nullable EventsEnd end() {
        return end;
    }

    List<RecordingMessage.HookLine> hooks() {
        return hooks;
    }

    @Override
    public void recording(RecordingMessage message) {
        if (message instanceof RecordingMessage.HookLine hook) {
            hooks.add(hook);
        } else if (message instanceof RecordingMessage.State last) {
            state = last;
        } else if (message instanceof RecordingMessage.EventsEnd last) {
            end = last;
        }
        if (handler != null) {
            message.handTo(handler);
        }
    }

    @Override
    public void problem(String line) {
        problems.add(line);
    }

    @Override
    public void row(Row row) {
        // no sample is asked for
    }

    @Override
    public void hello(Hello hello) {
        // said once already
    }

    @Override
    public void sample(SampleRequest request) {
        // orders go the other way
    }

    @Override
    public void detach() {
        // orders go the other way
    }
}
