package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.Snapshot;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two dumps bear witness of who was in a monitor in between, and only of those who did not move. */
class MonitorWitnessTest {

    private final String before = Dumps.text("sick-25.0.3.txt");
    private final Snapshot first = Dumps.read(before);
    private final long waiter = Dumps.task(first, "m1").id();
    private final long owner = Dumps.task(first, "m2").id();

    @Test
    void the_owner_is_known_if_neither_it_nor_the_waiter_moved() {
        MonitorWitness witness = MonitorWitness.of(first, Dumps.read(before));
        assertThat(witness.ownerFor(waiter)).isEqualTo(owner);
        assertThat(witness.ownerFor(owner)).isEqualTo(waiter);
        assertThat(witness.looked()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"m1", "m2"})
    void it_is_not_known_if_one_of_them_used_processor_time(String name) {
        Matcher cpu = Pattern.compile("(\"" + name + "\".*cpu=)([0-9.]+)ms").matcher(before);
        String after = cpu.replaceFirst(found -> found.group(1) + (Double.parseDouble(found.group(2)) + 1) + "ms");
        MonitorWitness witness = MonitorWitness.of(first, Dumps.read(after));
        assertThat(witness.ownerFor(waiter)).isZero();
        assertThat(witness.moved()).contains(name.equals("m1") ? waiter : owner);
    }

    @Test
    void it_is_not_known_of_threads_that_are_new() {
        String after = before.replace("\"m2\" #" + owner, "\"m2\" #" + (owner + 9_000));
        assertThat(MonitorWitness.of(first, Dumps.read(after)).ownerFor(waiter)).isZero();
    }

    @Test
    void without_dumps_nothing_is_known() {
        assertThat(MonitorWitness.NONE.ownerFor(waiter)).isZero();
        assertThat(MonitorWitness.NONE.looked()).isFalse();
    }
}
