package dev.asyncinspect.core.wire;

/** One method for each message about recording; none has a default, so that a new one breaks every consumer at compile time. */
public interface RecordingHandler {

    void control(RecordingMessage.Control order);

    void askState(RecordingMessage.AskState order);

    void takeEvents(RecordingMessage.TakeEvents order);

    void state(RecordingMessage.State state);

    void hook(RecordingMessage.HookLine hook);

    void symbol(RecordingMessage.SymbolText symbol);

    void events(RecordingMessage.Events events);

    void eventsEnd(RecordingMessage.EventsEnd end);
}
