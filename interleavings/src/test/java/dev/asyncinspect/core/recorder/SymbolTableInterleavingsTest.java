package dev.asyncinspect.core.recorder;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** Threads that bring texts to the table of symbols at once. */
class SymbolTableInterleavingsTest {

    @Test
    void symbolTable_anyInterleaving_numbersAreForGoodAndHaveTheirText() {
        RingInterleavingsTest.bounded(new ModelCheckingOptions(), 8, 150)
                .sequentialSpecification(SequentialSymbols.class)
                .check(SymbolOperations.class);
    }

    @Test
    void symbolTable_realThreads_numbersAreForGoodAndHaveTheirText() {
        RingInterleavingsTest.bounded(new StressOptions(), 8, 500)
                .sequentialSpecification(SequentialSymbols.class)
                .check(SymbolOperations.class);
    }

    @Test
    void symbolTableWithAPlantedRace_anyInterleaving_isFoundOut() {
        assertThatThrownBy(() -> RingInterleavingsTest.bounded(new ModelCheckingOptions(), 8, 150)
                        .sequentialSpecification(SequentialSymbols.class)
                        .check(RacySymbolOperations.class))
                .isInstanceOf(LincheckAssertionError.class);
    }
}
