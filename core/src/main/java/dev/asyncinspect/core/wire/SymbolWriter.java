package dev.asyncinspect.core.wire;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The string table of a connection on the writing side: each class, method or relation name is sent once. */
final class SymbolWriter {

    private final Map<String, Integer> ids = new HashMap<>();
    private final WireBuffer out;
    private final WireBuffer scratch = new WireBuffer();
    private int chars;

    /**
     * A table without symbols.
     *
     * @param out where definitions go, ahead of the row that needs them
     */
    SymbolWriter(WireBuffer out) {
        this.out = out;
    }

    /** The number of this name, 0 for null; sends its definition if it is new. */
    int id(@Nullable String name) {
        if (name == null) {
            return 0;
        }
        Integer known = ids.get(name);
        if (known != null) {
            return known;
        }
        int id = ids.size() + 1;
        ids.put(name, id);
        chars += name.length();
        scratch.bareText(name, WireLayout.MAX_SYMBOL_CHARS);
        Frames.append(WireLayout.SYMBOL, scratch, out);
        return id;
    }

    /** To be called between two rows: bounds what the table keeps. */
    void forgetIfLarge() {
        if (ids.size() > WireLayout.SYMBOLS_BEFORE_FORGET || chars > WireLayout.SYMBOL_CHARS_BEFORE_FORGET) {
            ids.clear();
            chars = 0;
            Frames.append(WireLayout.FORGET, scratch, out);
        }
    }
}
