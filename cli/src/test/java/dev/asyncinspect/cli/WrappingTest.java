package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WrappingTest {

    private static List<String> wrapped(int columns, String text) {
        return Wrapping.lines(text, columns, character -> 1);
    }

    @Test
    void a_line_that_fits_stays_as_it_is() {
        assertThat(wrapped(10, "   a  bc d")).containsExactly("   a  bc d");
        assertThat(wrapped(10, "")).containsExactly("");
    }

    @Test
    void it_is_broken_between_words_and_goes_on_further_in() {
        assertThat(wrapped(12, "one two three four")).containsExactly("one two", "  three four");
        assertThat(wrapped(14, "  one two three four")).containsExactly("  one two", "    three four");
    }

    @Test
    void it_goes_on_behind_a_bullet() {
        assertThat(wrapped(14, "  • one two three")).containsExactly("  • one two", "    three");
        assertThat(wrapped(14, "  →   one two three")).containsExactly("  →   one two", "      three");
        assertThat(wrapped(14, "-1 is a number, no bullet")).startsWith("-1 is a", "  number, no");
    }

    @Test
    void it_goes_on_beside_the_lines_of_a_tree() {
        assertThat(wrapped(16, "│  ├─ one two three")).containsExactly("│  ├─ one two", "│  │    three");
        assertThat(wrapped(16, "   └─ one two three")).containsExactly("   └─ one two", "        three");
    }

    @Test
    void however_far_in_it_stands_half_of_the_screen_is_left() {
        assertThat(wrapped(12, "          one two three four"))
                .containsExactly("      one", "      two", "      three", "      four");
    }

    @Test
    void a_word_that_no_line_has_room_for_is_left_whole_where_it_stands() {
        assertThat(wrapped(10, "in /a/long/long/path is it all"))
                .containsExactly("in /a/long/long/path", "  is it", "  all");
        assertThat(wrapped(10, "/a/long/long/path")).containsExactly("/a/long/long/path");
    }

    @Test
    void a_command_is_never_broken() {
        assertThat(wrapped(30, "Stop it with: async-inspect stop 4711"))
                .containsExactly("Stop it with:", "  async-inspect stop 4711");
        assertThat(wrapped(30, "Look at it: async-inspect timeline a/long/file.air"))
                .containsExactly("Look at it:", "async-inspect timeline a/long/file.air");
        assertThat(wrapped(30, "no task; 'async-inspect tasks 1' lists them"))
                .containsExactly("no task;", "  'async-inspect tasks 1'", "  lists them");
        assertThat(wrapped(30, "Not seen: locks (async-inspect prove tells); no more"))
                .containsExactly("Not seen: locks", "  (async-inspect prove tells);", "  no more");
        assertThat(wrapped(30, "more: async-inspect why 1, which is some text"))
                .containsExactly("more: async-inspect why 1,", "  which is some text");
    }

    @Test
    void what_takes_no_room_is_not_counted() {
        assertThat(Wrapping.lines("one *two* three", 13, character -> character == '*' ? 0 : 1))
                .containsExactly("one *two* three");
        assertThat(Wrapping.lines("one *two* three", 12, character -> character == '*' ? 0 : 1))
                .containsExactly("one *two*", "  three");
    }
}
