package dev.asyncinspect.core.recorder;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;

/** Threads that bring the same few texts to a table at once, and ask for the texts of numbers that others were given. */
@Param(name = "text", gen = IntGen.class, conf = "1:3")
public class SymbolOperations {

    /** A table of symbols, real or with a planted race. */
    interface Table {

        int symbol(String text);

        @Nullable
        String text(int symbol);
    }

    private final Table table;

    /** Over the real table. */
    public SymbolOperations() {
        this(real());
    }

    SymbolOperations(Table table) {
        this.table = table;
    }

    private static Table real() {
        SymbolTable symbols = new SymbolTable(1024, 100_000);
        return new Table() {
            @Override
            public int symbol(String text) {
                return symbols.symbol(text);
            }

            @Override
            public @Nullable String text(int symbol) {
                return symbols.text(symbol);
            }
        };
    }

    /** The text that the number of a text stands for. */
    @Operation
    public final @Nullable String textOfNumberOf(@Param(name = "text") int text) {
        return table.text(table.symbol("text " + text));
    }

    /** Whether a text has the same number when asked for twice. */
    @Operation
    public final boolean keepsItsNumber(@Param(name = "text") int text) {
        int first = table.symbol("text " + text);
        return first == table.symbol("text " + text);
    }
}
