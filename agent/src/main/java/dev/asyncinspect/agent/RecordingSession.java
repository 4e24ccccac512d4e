package dev.asyncinspect.agent;

import dev.asyncinspect.agent.recording.EventReader;
import dev.asyncinspect.agent.recording.Recording;
import dev.asyncinspect.core.wire.RecordingHandler;
import dev.asyncinspect.core.wire.RecordingMessage;
import dev.asyncinspect.core.wire.WireWriter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The part of the talk with one client that is about recording: one order, its answer, the next order. */
final class RecordingSession implements RecordingHandler {

    private final AgentOptions options;
    private final Recording recording;
    private final WireWriter writer;
    private final Problems problems;
    private @Nullable RecordingMessage ordered;
    private @Nullable EventReader reader;
    private @Nullable IOException loss;

    RecordingSession(AgentOptions options, Recording recording, WireWriter writer, Problems problems) {
        this.options = options;
        this.recording = recording;
        this.writer = writer;
        this.problems = problems;
    }

    void order(RecordingMessage message) {
        ordered = message;
    }

    boolean isOrdered() {
        return ordered != null;
    }

    /** Answers the order; throws if the client is lost. */
    void answer() throws IOException {
        RecordingMessage order = ordered;
        ordered = null;
        if (order != null) {
            order.handTo(this);
        }
        if (loss != null) {
            throw loss;
        }
    }

    @Override
    public void control(RecordingMessage.Control order) {
        try {
            if (order.on()) {
                start(order);
            } else {
                recording.stop();
            }
        } catch (RuntimeException | LinkageError e) {
            problems.add(order.on() ? "the recording did not start" : "the recording did not stop", e);
        }
        end();
    }

    private void start(RecordingMessage.Control order) {
        if (!recording.isOn()) {
            recording.start(options.plan(order, problems));
        }
    }

    @Override
    public void askState(RecordingMessage.AskState order) {
        String trouble = recording.fileProblem();
        if (trouble != null) {
            problems.add(trouble);
        }
        recording.hooks().forEach(this::send);
        end();
    }

    @Override
    public void takeEvents(RecordingMessage.TakeEvents order) {
        if (reader == null || !recording.isCurrent(reader)) {
            reader = recording.reader();
        }
        if (reader == null) {
            send(new RecordingMessage.EventsEnd(0, 0, 0));
            return;
        }
        try {
            reader.answer(order, writer::recording);
        } catch (IOException e) {
            loss = e;
        }
    }

    @Override
    public void state(RecordingMessage.State state) {
        // goes the other way
    }

    @Override
    public void hook(RecordingMessage.HookLine hook) {
        // goes the other way
    }

    @Override
    public void symbol(RecordingMessage.SymbolText symbol) {
        // goes the other way
    }

    @Override
    public void events(RecordingMessage.Events events) {
        // goes the other way
    }

    @Override
    public void eventsEnd(RecordingMessage.EventsEnd end) {
        // goes the other way
    }

    /** The state ends an answer: what went wrong has to be told before. */
    private void end() {
        try {
            for (String line : problems.take()) {
                writer.problem(line);
            }
        } catch (IOException e) {
            loss = e;
        }
        send(recording.state());
    }

    private void send(RecordingMessage message) {
        try {
            if (loss == null) {
                writer.recording(message);
            }
        } catch (IOException e) {
            loss = e;
        }
    }
}
