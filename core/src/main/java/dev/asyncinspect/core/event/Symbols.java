package dev.asyncinspect.core.event;

import org.jspecify.annotations.Nullable;

/** The texts behind the symbols of events: names, sites, labels, messages. */
public interface Symbols {

    /** The symbol of no text. */
    int NONE = 0;

    /** The symbol of every text that was not kept because the table was full. */
    int OVERFLOW = 1;

    /** The text of {@link #OVERFLOW}. */
    String OVERFLOW_TEXT = "…";

    /** Null for {@link #NONE} and for a symbol that this table does not have. */
    @Nullable
    String text(int symbol);
}
