package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.Provenance;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A heap is one moment; two text dumps round it tell who goes on. */
class HeapWitnessTest {

    private static final String LATCH = HeapScene.JUC + "CountDownLatch";

    @TempDir
    Path folder;

    private final HeapScene scene = new HeapScene("");
    private final String text = withNumber("m1", 1);

    /** The thread of this name in a real dump, as if it were the one of the heap that has this number. */
    private static String withNumber(String name, int number) {
        return Dumps.text("sick-25.0.3.txt").replaceFirst("\"" + name + "\" #\\d+", "\"" + name + "\" #" + number);
    }

    private Provenance holders(String after) throws Exception {
        scene.waitsAt(LATCH + "$Sync", 1, 0, LATCH + ".await");
        MonitorWitness witness = MonitorWitness.of(Dumps.read(text), Dumps.read(after));
        return Dumps.awaited(scene.in(folder, witness), "t1").holders().provenance();
    }

    @Test
    void whoever_stood_still_all_the_time_may_be_stuck() throws Exception {
        assertThat(holders(text)).isEqualTo(Provenance.OBSERVED);
    }

    @Test
    void whoever_ran_meanwhile_is_not_stuck_though_nothing_in_the_heap_could_let_it_go_on() throws Exception {
        assertThat(holders(text.replaceFirst("(\"m1\".*cpu=)", "$19"))).isEqualTo(Provenance.UNKNOWN);
    }
}
