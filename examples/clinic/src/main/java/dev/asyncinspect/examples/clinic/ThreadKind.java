package dev.asyncinspect.examples.clinic;

import java.util.Locale;

/** On which threads a story is played. */
enum ThreadKind {
    PLATFORM,
    VIRTUAL,
    /** Every second thread is virtual. */
    MIXED;

    /** Whether the thread with that number, counted from 1, is a virtual one. */
    boolean isVirtual(int number) {
        return this == VIRTUAL || (this == MIXED && number % 2 == 0);
    }

    /** As it is written on the command line. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
