package dev.asyncinspect.examples.clinic;

import java.util.concurrent.atomic.AtomicLong;

/** Looks for a number from which "halve if even, else triple and add one" does not lead to 1. Allocates nothing. */
final class Collatz {

    private static final int NUMBERS_AT_A_TIME = 500;

    /** The number in work; written by the one who searches, read by others to see that the search goes on. */
    private final AtomicLong tried = new AtomicLong(1);

    long tried() {
        return tried.getOpaque();
    }

    /** Never returns, and never pauses. */
    void search() {
        while (true) {
            searchSome();
        }
    }

    /** Goes on where the last call ended, for less than a millisecond. */
    void searchSome() {
        long first = tried.getPlain();
        for (long number = first; number < first + NUMBERS_AT_A_TIME; number++) {
            long step = number;
            while (step != 1) {
                step = (step & 1) == 0 ? step >> 1 : 3 * step + 1;
            }
            tried.setOpaque(number + 1);
        }
    }
}
