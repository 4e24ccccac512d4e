package dev.asyncinspect.core.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.Symbols;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SymbolTableTest {

    @Test
    void a_text_has_one_number_and_is_found_by_it() {
        SymbolTable table = new SymbolTable(5_000, 100_000);
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            ids.add(table.symbol("name " + i));
        }
        assertThat(ids).doesNotHaveDuplicates().doesNotContain(Symbols.NONE, Symbols.OVERFLOW);
        for (int i = 0; i < 3_000; i++) {
            assertThat(table.symbol("name " + i)).isEqualTo(ids.get(i));
            assertThat(table.text(ids.get(i))).isEqualTo("name " + i);
        }
        assertThat(table.overflows()).isZero();
    }

    @Test
    void no_text_is_zero() {
        SymbolTable table = new SymbolTable(10, 100);

        assertThat(table.symbol(null)).isZero();
        assertThat(table.text(0)).isNull();
        assertThat(table.text(7)).isNull();
        assertThat(table.text(-7)).isNull();
        assertThat(table.text(7_000)).isNull();
    }

    @Test
    void more_texts_than_the_limit_are_an_ellipsis_and_counted() {
        SymbolTable table = new SymbolTable(4, 1_000);
        int first = table.symbol("first");
        table.symbol("second");

        assertThat(table.symbol("third")).isEqualTo(Symbols.OVERFLOW);
        assertThat(table.symbol("fourth")).isEqualTo(Symbols.OVERFLOW);
        assertThat(table.symbol("first")).isEqualTo(first);
        assertThat(table.text(Symbols.OVERFLOW)).isEqualTo("…");
        assertThat(table.overflows()).isEqualTo(2);
    }

    @Test
    void more_chars_than_the_limit_are_an_ellipsis_too() {
        SymbolTable table = new SymbolTable(100, 10);
        table.symbol("12345678");

        assertThat(table.symbol("abc")).isEqualTo(Symbols.OVERFLOW);
    }

    @Test
    void a_long_text_is_cut() {
        SymbolTable table = new SymbolTable(100, 10_000);

        assertThat(table.text(table.symbol("x".repeat(5_000)))).hasSize(1024).endsWith("x…");
    }
}
