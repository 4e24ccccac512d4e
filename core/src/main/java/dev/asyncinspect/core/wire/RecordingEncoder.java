package dev.asyncinspect.core.wire;

/** Turns each message about recording into frames. */
final class RecordingEncoder implements RecordingHandler {

    private final WireBuffer out;
    private final WireBuffer body = new WireBuffer();

    RecordingEncoder(WireBuffer out) {
        this.out = out;
    }

    void encode(RecordingMessage message) {
        message.handTo(this);
    }

    @Override
    public void control(RecordingMessage.Control order) {
        body.octet((order.on() ? WireLayout.RECORD_ON : 0)
                | (order.sites() ? WireLayout.RECORD_SITES : 0)
                | (order.locks() ? WireLayout.RECORD_LOCKS : 0)
                | (order.context() ? WireLayout.RECORD_CONTEXT : 0));
        if (!order.settings().isEmpty()) {
            body.text(order.settings(), WireLayout.MAX_SETTINGS_CHARS);
        }
        frame(WireLayout.RECORD);
    }

    @Override
    public void askState(RecordingMessage.AskState order) {
        frame(WireLayout.ASK_STATE);
    }

    @Override
    public void takeEvents(RecordingMessage.TakeEvents order) {
        body.unsigned(order.from());
        body.int32(order.max());
        frame(WireLayout.TAKE_EVENTS);
    }

    @Override
    public void state(RecordingMessage.State state) {
        body.octet(state.on() ? 1 : 0);
        body.unsigned(state.events());
        body.unsigned(state.dropped());
        body.text(state.detail(), WireLayout.MAX_TEXT_CHARS);
        if (state.untold() > 0 || !state.settings().isEmpty()) {
            body.unsigned(state.untold());
        }
        if (!state.settings().isEmpty()) {
            body.text(state.settings(), WireLayout.MAX_TEXT_CHARS);
        }
        frame(WireLayout.STATE);
    }

    @Override
    public void hook(RecordingMessage.HookLine hook) {
        body.text(hook.name(), WireLayout.MAX_SYMBOL_CHARS);
        body.text(hook.where(), WireLayout.MAX_TEXT_CHARS);
        body.text(hook.status(), WireLayout.MAX_SYMBOL_CHARS);
        body.text(hook.detail(), WireLayout.MAX_TEXT_CHARS);
        body.int32(hook.places());
        body.unsigned(hook.failures());
        frame(WireLayout.HOOK);
    }

    @Override
    public void symbol(RecordingMessage.SymbolText symbol) {
        body.int32(symbol.symbol());
        body.text(symbol.text(), WireLayout.MAX_SYMBOL_CHARS);
        frame(WireLayout.EVENT_SYMBOL);
    }

    /** Cut into frames of so many events that each fits. */
    @Override
    public void events(RecordingMessage.Events events) {
        int[] inFrame = new int[1];
        long[] before = new long[1];
        events.handEachTo((head, nanos, taskId, argument) -> {
            body.fixed64(head);
            body.signed(nanos - before[0]);
            body.unsigned(taskId);
            body.signed(argument);
            before[0] = nanos;
            inFrame[0]++;
            if (inFrame[0] == WireLayout.MAX_EVENTS_PER_FRAME) {
                frame(WireLayout.EVENTS);
                inFrame[0] = 0;
                before[0] = 0;
            }
        });
        if (inFrame[0] > 0) {
            frame(WireLayout.EVENTS);
        }
    }

    @Override
    public void eventsEnd(RecordingMessage.EventsEnd end) {
        body.unsigned(end.next());
        body.unsigned(end.missed());
        body.unsigned(end.dropped());
        frame(WireLayout.EVENTS_END);
    }

    private void frame(int type) {
        Frames.append(type, body, out);
    }
}
