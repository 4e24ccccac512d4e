package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import org.junit.jupiter.api.Test;

/** Threads that enter a monitor in native code, of which only the list of deadlocks says what they wait for. */
class DeadlockLinesTest {

    private static final String TITLE = """
            2026-11-23 12:00:00
            Full thread dump OpenJDK 64-Bit Server VM (25.0.3+9-LTS mixed mode, sharing):

            """;

    private static final String END = """

            JNI global refs: 4, weak refs: 0

            """;

    private static final String LIST = """

            Found one Java-level deadlock:
            =============================
            "one":
              waiting to lock monitor 0x00007f6930059f10 (object 0x000000069ec179d8, a shop.Plugins),
              which is held by "two"

            "two":
              waiting to lock monitor 0x00007f692c001ff0 (object 0x000000069ec17758, a shop.Plugins),
              which is held by "one"

            Java stack information for the threads listed above:
            ===================================================
            "one":
            \tat java.lang.Class.forName0(java.base@25.0.3/Native Method)

            Found 1 deadlock.

            """;

    private static String loads(String name, int id, String held) {
        return """
                "%s" #%d prio=5 os_prio=0 cpu=1.00ms elapsed=2.00s tid=0x1 nid=0x1 waiting for monitor entry  [0x1]
                   java.lang.Thread.State: BLOCKED (on object monitor)
                \tat java.lang.Class.forName0(java.base@25.0.3/Native Method)
                \tat java.lang.Class.forName(java.base@25.0.3/Class.java:547)
                \tat shop.Plugins.loadClass(Plugins.java:12)
                \t- locked <0x%s> (a shop.Plugins)
                \tat shop.Main.run(Main.java:3)

                """.formatted(name, id, held);
    }

    private static String two() {
        return TITLE + loads("one", 11, "000000069ec17758") + loads("two", 12, "000000069ec179d8");
    }

    @Test
    void each_waits_for_what_the_list_says_and_the_other_holds_it() {
        Snapshot snapshot = Dumps.read(two() + END + LIST);
        assertThat(Dumps.awaited(snapshot, "one").kind()).isEqualTo(ResourceKind.MONITOR);
        assertThat(Dumps.awaited(snapshot, "one").className()).isEqualTo("shop.Plugins");
        assertThat(Dumps.awaited(snapshot, "one").holders().provenance()).isEqualTo(Provenance.OBSERVED);
        assertThat(Dumps.holders(snapshot, "one")).containsExactly("two");
        assertThat(Dumps.holders(snapshot, "two")).containsExactly("one");
        assertThat(Dumps.task(snapshot, "one").waiting().bound()).isEqualTo(Bound.UNBOUNDED);
        assertThat(Dumps.task(snapshot, "one").waiting().site().place()).isEqualTo("Plugins.java:12");
    }

    @Test
    void an_owner_whose_own_lines_do_not_show_the_monitor_holds_it_where_unknown() {
        String text = (two() + END + LIST).replace("\t- locked <0x000000069ec179d8> (a shop.Plugins)\n", "");
        Snapshot snapshot = Dumps.read(text);
        assertThat(Dumps.holders(snapshot, "one")).containsExactly("two");
        assertThat(Dumps.awaited(snapshot, "one").knownHolders().get(0).site().provenance())
                .isEqualTo(Provenance.UNKNOWN);
    }

    @Test
    void without_the_list_it_is_not_known_who_holds_it() {
        Snapshot snapshot = Dumps.read(two() + END);
        assertThat(Dumps.awaited(snapshot, "one").holders().provenance()).isEqualTo(Provenance.UNKNOWN);
        assertThat(Dumps.task(snapshot, "one").waiting().site().place()).isEqualTo("Plugins.java:12");
    }

    @Test
    void of_two_threads_of_one_name_it_is_not_known_which_is_meant() {
        Snapshot snapshot = Dumps.read(two() + loads("two", 13, "000000069ec10000") + END + LIST);
        assertThat(Dumps.awaited(snapshot, "one").holders().provenance()).isEqualTo(Provenance.UNKNOWN);
        assertThat(Dumps.awaited(snapshot, "two").holders().provenance()).isEqualTo(Provenance.UNKNOWN);
    }

    @Test
    void a_list_that_is_cut_off_tells_what_it_has() {
        Snapshot snapshot = Dumps.read(two() + END + LIST.substring(0, LIST.indexOf("\"two\":")));
        assertThat(Dumps.holders(snapshot, "one")).containsExactly("two");
        assertThat(Dumps.awaited(snapshot, "two").holders().provenance()).isEqualTo(Provenance.UNKNOWN);
        assertThat(snapshot.completeness().truncated()).isFalse();
    }
}
