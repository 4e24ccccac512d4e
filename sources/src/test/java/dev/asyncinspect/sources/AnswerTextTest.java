package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswerTextTest {

    @Test
    void lines_of_any_text_are_those_of_the_text() {
        for (String text :
                List.of("", "\n", "one", "one\n", "\n\ntwo\n\n", "\"ein Prüfer\" #1\n\tat näher\n\"ein Prüfer\" #1")) {
            assertThat(lines(text)).isEqualTo(text.lines().toList());
        }
    }

    @Test
    void a_line_that_comes_again_is_the_same_object() {
        List<String> lines = lines(
                "\tat shop.Main.run(Main.java:4)\n\tat shop.Main.call(Main.java:4)\n\tat shop.Main.run(Main.java:4)");

        assertThat(lines.get(2)).isSameAs(lines.get(0)).isNotEqualTo(lines.get(1));
    }

    @Test
    void more_different_lines_than_there_is_room_for_are_all_told() {
        String text = IntStream.range(0, 50_000)
                .mapToObj(i -> "\tat line " + i % 20_000)
                .collect(Collectors.joining("\n"));

        assertThat(lines(text)).isEqualTo(text.lines().toList());
    }

    @Test
    void lines_with_the_same_hash_are_told_apart() {
        String same = "Aa".repeat(3);
        assertThat(same.hashCode()).isEqualTo("BB".repeat(3).hashCode());

        assertThat(lines(same + "\n" + "BB".repeat(3) + "\n" + "AaBBAa")).containsExactly(same, "BBBBBB", "AaBBAa");
    }

    @Test
    void a_mark_is_found_where_it_stands_and_nowhere_else() {
        AnswerText text = AnswerText.of("at java.lang.VirtualThread.run aab äVirtual");

        for (String mark :
                List.of("a", "at", "VirtualThread", "aab", "Virtual", ".run", "java.lang.VirtualThread.run")) {
            assertThat(text.contains(mark)).as(mark).isTrue();
        }
        for (String mark : List.of("x", "VirtualThreads", "aaab", "Virtual ", "ta", "java.lang.VirtualThread.runs")) {
            assertThat(text.contains(mark)).as(mark).isFalse();
        }
        assertThat(AnswerText.of("").contains("a")).isFalse();
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        AnswerText.of(text).lines(lines::add);
        return lines;
    }
}
