package dev.asyncinspect.core.recorder;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** Writers and reader of a ring, in every interleaving of a bounded number, and in some millions of real ones. */
class RingInterleavingsTest {

    @Test
    void ring_anyInterleaving_keepsOrCountsEveryEventAndTearsNone() {
        bounded(new ModelCheckingOptions(), 8, 200).check(RingOperations.class);
    }

    @Test
    void ring_realThreads_keepsOrCountsEveryEventAndTearsNone() {
        bounded(new StressOptions(), 8, 500).check(RingOperations.class);
    }

    @Test
    void ringWithAPlantedRace_anyInterleaving_isFoundOut() {
        assertThatThrownBy(() -> bounded(new ModelCheckingOptions(), 8, 200).check(RacyRingOperations.class))
                .isInstanceOf(LincheckAssertionError.class);
    }

    static <T extends Options<T, ?>> T bounded(T options, int scenarios, int eachTimes) {
        return options.iterations(scenarios)
                .invocationsPerIteration(eachTimes)
                .threads(3)
                .actorsPerThread(3)
                .actorsBefore(1)
                .actorsAfter(1)
                .minimizeFailedScenario(false)
                .sequentialSpecification(SequentialRing.class);
    }
}
