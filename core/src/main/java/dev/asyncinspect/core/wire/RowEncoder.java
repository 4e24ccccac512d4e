package dev.asyncinspect.core.wire;

import dev.asyncinspect.core.rows.Row;
import dev.asyncinspect.core.rows.RowHandler;
import java.util.List;

/** Turns each row into one frame, after the definitions of the symbols it needs. */
final class RowEncoder implements RowHandler {

    private final WireBuffer out;
    private final SymbolWriter symbols;
    private final WireBuffer body = new WireBuffer();

    RowEncoder(WireBuffer out) {
        this.out = out;
        this.symbols = new SymbolWriter(out);
    }

    void encode(Row row) {
        symbols.forgetIfLarge();
        row.handTo(this);
    }

    @Override
    public void begin(Row.Begin row) {
        body.int32(row.sample());
        body.signed(row.epochMillis());
        frame(WireLayout.BEGIN);
    }

    @Override
    public void end(Row.End row) {
        body.int32(row.sample());
        body.int32(row.threads());
        body.signed(row.tookNanos());
        body.signed(row.droppedRows());
        frame(WireLayout.END);
    }

    @Override
    public void stack(Row.Stack row) {
        List<StackTraceElement> frames = row.frames();
        int depth = Math.min(frames.size(), WireLayout.MAX_STACK_DEPTH);
        body.int32(row.stackId());
        body.unsigned(depth);
        for (int i = 0; i < depth; i++) {
            frame(frames.get(i));
        }
        frame(WireLayout.STACK);
    }

    private void frame(StackTraceElement frame) {
        body.unsigned(symbols.id(frame.getClassLoaderName()));
        body.unsigned(symbols.id(frame.getModuleName()));
        body.unsigned(symbols.id(frame.getModuleVersion()));
        body.unsigned(symbols.id(frame.getClassName()));
        body.unsigned(symbols.id(frame.getMethodName()));
        body.unsigned(symbols.id(frame.getFileName()));
        body.signed(frame.getLineNumber());
    }

    @Override
    public void thread(Row.ThreadSeen row) {
        body.unsigned(row.threadId());
        body.text(row.name(), WireLayout.MAX_TEXT_CHARS);
        body.octet((row.virtual() ? WireLayout.FLAG_VIRTUAL : 0) | (row.daemon() ? WireLayout.FLAG_DAEMON : 0));
        body.unsigned(symbols.id(row.state()));
        body.unsigned(row.carrierThreadId());
        body.int32(row.containerRef());
        body.int32(row.blockerRef());
        body.int32(row.stackId());
        frame(WireLayout.THREAD);
    }

    @Override
    public void object(Row.ObjectSeen row) {
        body.int32(row.ref());
        body.unsigned(symbols.id(row.className()));
        frame(WireLayout.OBJECT);
    }

    @Override
    public void number(Row.NumberOf row) {
        relation(row.ref(), row.relation());
        body.signed(row.value());
        frame(WireLayout.NUMBER);
    }

    @Override
    public void text(Row.TextOf row) {
        relation(row.ref(), row.relation());
        body.text(row.value(), WireLayout.MAX_TEXT_CHARS);
        frame(WireLayout.TEXT);
    }

    @Override
    public void objectLink(Row.ObjectLink row) {
        relation(row.ref(), row.relation());
        body.int32(row.otherRef());
        frame(WireLayout.OBJECT_LINK);
    }

    @Override
    public void threadLink(Row.ThreadLink row) {
        relation(row.ref(), row.relation());
        body.unsigned(row.threadId());
        frame(WireLayout.THREAD_LINK);
    }

    @Override
    public void notSeen(Row.NotSeen row) {
        body.text(row.what(), WireLayout.MAX_TEXT_CHARS);
        body.text(row.reason(), WireLayout.MAX_TEXT_CHARS);
        frame(WireLayout.NOT_SEEN);
    }

    private void relation(int ref, String relation) {
        body.int32(ref);
        body.unsigned(symbols.id(relation));
    }

    private void frame(int type) {
        Frames.append(type, body, out);
    }
}
