package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.ResourceKind;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The frames of {@code tasks}, {@code task} and {@code graph}. */
class ViewsTest {

    private static String printed(String... args) {
        FakeWorld world = new FakeWorld(Scene.bank().twice());
        world.run(args);
        assertThat(world.err.text()).isEmpty();
        return world.out.text();
    }

    @Test
    void tasks_are_a_table_with_equal_stacks_folded() {
        Golden.assertMatches("tasks", printed("tasks", "4711"));
    }

    @Test
    void task_shows_its_stack_with_marks_and_the_chain_of_waits() {
        Golden.assertMatches("task", printed("task", "4711", "#21"));
        Golden.assertMatches("task-holder", printed("task", "4711", "12"));
    }

    @Test
    void graph_is_a_tree_or_a_diagram() {
        Golden.assertMatches("graph", printed("graph", "4711"));
        Golden.assertMatches("graph-dot", printed("graph", "4711", "--format", "dot"));
        Golden.assertMatches("graph-mermaid", printed("graph", "4711", "--format", "mermaid"));
    }

    @Test
    void graph_leaves_out_who_neither_waits_nor_holds_unless_all_is_asked() {
        assertThat(printed("graph", "4711")).doesNotContain("#30 'main'");
        assertThat(printed("graph", "4711", "--all")).contains("#30 'main'");
    }

    @Test
    void names_in_diagrams_cannot_break_out_of_their_label() {
        Scene scene = new Scene().waits(1, "a\"];\\", 5, 1).monitor(1, "<b>#\"", 9, 5);
        WaitEdges edges = WaitEdges.of(scene.at(Scene.NOON), false);
        assertThat(Screen.plain(t -> GraphDiagrams.dot(t, edges)))
                .contains("label=\"Task #1 'a\\\"];\\\\' (virtual)\"")
                .contains("t9 [shape=box, style=dotted, label=\"Task #9 (not seen)\"]");
        assertThat(Screen.plain(t -> GraphDiagrams.mermaid(t, edges)))
                .contains("t1[\"Task #35;1 'a#quot;];\\' (virtual)\"]", "#lt;b#gt;#35;#quot;");
    }

    @Test
    void chain_of_many_thousand_waits_is_drawn_and_followed() {
        Scene scene = new Scene();
        int length = 20_000;
        for (int i = 1; i < length; i++) {
            scene.waits(i, "", 40, i + 1).monitor(i + 1, null, i + 1, 41);
        }
        var snapshot = scene.runs(length, "root", 90).at(Scene.NOON);
        String tree = Screen.plain(t -> WaitTree.print(t, WaitEdges.of(snapshot, false)));
        assertThat(tree.lines().filter(line -> line.contains("BLOCKED") || line.contains("RUNNING")))
                .hasSize(length);
        WaitChain chain = WaitChain.from(Objects.requireNonNull(snapshot.task(1)), snapshot);
        assertThat(chain.steps()).hasSize(length);
        assertThat(chain.circle()).isFalse();
    }

    @Test
    void wait_for_something_without_known_holder_says_unknown() {
        Scene scene = new Scene()
                .waits(1, "w", 40, 1)
                .resource(1, ResourceKind.LATCH, null, Fact.unknown("a dump does not show it"));
        FakeWorld world = new FakeWorld(scene.once());
        assertThat(world.run("task", "4711", "1")).isZero();
        assertThat(world.out.text()).contains("held by: unknown (a dump does not show it)");
    }

    @Test
    void control_characters_in_names_never_reach_the_terminal() {
        Scene scene = new Scene().runs(1, "evil\u001b[2J\u0007\n\u202e", 3);
        for (String colour : new String[] {"--color=always", "--color=never"}) {
            FakeWorld world = new FakeWorld(scene.once());
            world.run("tasks", "4711", colour);
            assertThat(world.out.text())
                    .contains("evil\\u001b[2J\\u0007\\u000a\\u202e")
                    .doesNotContain("\u001b[2J", "\u0007", "\u202e");
        }
    }
}
