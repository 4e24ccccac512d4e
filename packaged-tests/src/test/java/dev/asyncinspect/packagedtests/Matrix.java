package dev.asyncinspect.packagedtests;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.asyncinspect.testkit.Jdk;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Which faults are tried on which JDKs: all on all with the option full of the check, else each on some in turn. */
final class Matrix {

    private static final boolean FULL = Boolean.getBoolean("matrix.full");

    private Matrix() {}

    /**
     * Pairs of a JDK and a fault.
     *
     * @param each on how many JDKs each fault is tried at least; all JDKs have their turn
     */
    static Stream<Arguments> of(int each, List<Jdk> jdks, List<?> faults) {
        return IntStream.range(0, faults.size())
                .boxed()
                .flatMap(i -> inTurn(i, each, jdks).stream().map(jdk -> arguments(jdk, faults.get(i))));
    }

    /** The oldest and the newest of them, all if full: for what hardly differs between JDKs. */
    static List<Jdk> oldestAndNewest(List<Jdk> jdks) {
        return FULL || jdks.size() < 3 ? jdks : List.of(jdks.get(0), jdks.get(jdks.size() - 1));
    }

    /** Every second fault from this one on, all if full: for what another test tries as well, or a little differently. */
    static <T> List<T> everySecond(int from, List<T> faults) {
        return FULL
                ? faults
                : IntStream.range(0, faults.size())
                        .filter(i -> i % 2 == from)
                        .mapToObj(faults::get)
                        .toList();
    }

    /** One of these versions of the JDK, all if full; tests that take a turn each have different ones. */
    static IntStream versions(int turn, int... versions) {
        return FULL ? IntStream.of(versions) : IntStream.of(versions[turn % versions.length]);
    }

    /** As far apart in the list as can be: the oldest with one of the newest. */
    private static List<Jdk> inTurn(int turn, int each, List<Jdk> jdks) {
        if (FULL || each >= jdks.size()) {
            return jdks;
        }
        List<Jdk> chosen = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            chosen.add(jdks.get((turn + i * jdks.size() / each) % jdks.size()));
        }
        return chosen;
    }
}
