package dev.asyncinspect.examples.clinic;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Names of threads and resources: the plain ones of the story ({@code clerk-1}), or with a seed invented ones
 * ({@code rovaki-1}), so that no tool can be tuned to the story. The same seed gives the same names.
 */
final class Names {

    private static final String CONSONANTS = "bdfgklmnprstvz";
    private static final String VOWELS = "aeiou";

    private final String prefix;
    private final @Nullable Long seed;

    Names(String prefix, @Nullable Long seed) {
        this.prefix = prefix;
        this.seed = seed;
    }

    /** Name of one of several. */
    String of(String role, int number) {
        return of(role) + "-" + number;
    }

    /** Name of the only one. */
    String of(String role) {
        return prefix + (seed == null ? role : invent(seed, role));
    }

    private static String invent(long seed, String role) {
        SplittableRandom random = new SplittableRandom(seed * 31 + role.hashCode());
        StringBuilder word = new StringBuilder();
        for (int syllables = 2 + random.nextInt(3); syllables > 0; syllables--) {
            word.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())));
            word.append(VOWELS.charAt(random.nextInt(VOWELS.length())));
        }
        return word.toString();
    }
}
