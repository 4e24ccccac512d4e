package dev.asyncinspect.core.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The string table of a connection on the reading side. */
final class SymbolReader {

    private final List<String> names = new ArrayList<>();
    private final int maxNames;

    SymbolReader(int maxNames) {
        this.maxNames = maxNames;
    }

    void define(WireSlice body) throws WireException {
        if (names.size() >= maxNames) {
            throw new WireException("more than " + maxNames + " symbols");
        }
        names.add(body.bareText(WireLayout.MAX_SYMBOL_CHARS));
    }

    void forget() {
        names.clear();
    }

    @Nullable
    String nullable(WireSlice body) throws WireException {
        long id = body.unsigned();
        if (id < 0 || id > names.size()) {
            throw new WireException(
                    "symbol " + Long.toUnsignedString(id) + " of " + names.size() + " that were defined");
        }
        return id == 0 ? null : names.get((int) id - 1);
    }

    String required(WireSlice body) throws WireException {
        String name = nullable(body);
        if (name == null) {
            throw new WireException("a name is missing");
        }
        return name;
    }
}
