package dev.asyncinspect.core.wire;

import dev.asyncinspect.core.rows.Row;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the body of a frame back into a row. */
final class RowDecoder {

    private final SymbolReader symbols;

    RowDecoder(SymbolReader symbols) {
        this.symbols = symbols;
    }

    /** The row, null if a frame of this type is no row that we know. */
    @Nullable
    Row decode(int type, WireSlice body) throws WireException {
        return switch (type) {
            case WireLayout.BEGIN -> new Row.Begin(body.int32(), body.signed());
            case WireLayout.END -> new Row.End(body.int32(), body.int32(), body.signed(), body.signed());
            case WireLayout.STACK -> stack(body);
            case WireLayout.THREAD -> thread(body);
            case WireLayout.OBJECT -> new Row.ObjectSeen(body.int32(), symbols.required(body));
            case WireLayout.NUMBER -> new Row.NumberOf(body.int32(), symbols.required(body), body.signed());
            case WireLayout.TEXT ->
                new Row.TextOf(body.int32(), symbols.required(body), body.text(WireLayout.MAX_TEXT_CHARS));
            case WireLayout.OBJECT_LINK -> new Row.ObjectLink(body.int32(), symbols.required(body), body.int32());
            case WireLayout.THREAD_LINK -> new Row.ThreadLink(body.int32(), symbols.required(body), body.unsigned());
            case WireLayout.NOT_SEEN ->
                new Row.NotSeen(body.text(WireLayout.MAX_TEXT_CHARS), body.text(WireLayout.MAX_TEXT_CHARS));
            default -> null;
        };
    }

    private Row stack(WireSlice body) throws WireException {
        int stackId = body.int32();
        int depth = body.count(WireLayout.MAX_STACK_DEPTH, WireLayout.MIN_BYTES_PER_FRAME);
        List<StackTraceElement> frames = new ArrayList<>(depth);
        for (int i = 0; i < depth; i++) {
            frames.add(frame(body));
        }
        return new Row.Stack(stackId, frames);
    }

    private StackTraceElement frame(WireSlice body) throws WireException {
        String loader = symbols.nullable(body);
        String module = symbols.nullable(body);
        String moduleVersion = symbols.nullable(body);
        String className = symbols.required(body);
        String method = symbols.required(body);
        String file = symbols.nullable(body);
        long line = body.signed();
        if (line != (int) line) {
            throw new WireException("a line number does not fit in 32 bits: " + line);
        }
        return new StackTraceElement(loader, module, moduleVersion, className, method, file, (int) line);
    }

    private Row thread(WireSlice body) throws WireException {
        long threadId = body.unsigned();
        String name = body.text(WireLayout.MAX_TEXT_CHARS);
        int flags = body.octet();
        return new Row.ThreadSeen(
                threadId,
                name,
                (flags & WireLayout.FLAG_VIRTUAL) != 0,
                (flags & WireLayout.FLAG_DAEMON) != 0,
                symbols.required(body),
                body.unsigned(),
                body.int32(),
                body.int32(),
                body.int32());
    }
}
