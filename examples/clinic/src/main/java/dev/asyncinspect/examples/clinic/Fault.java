package dev.asyncinspect.examples.clinic;

/**
 * One way to hang, told as a small story: accounts, a kitchen, a pharmacy. Its healthy twin is the same story with the
 * defect repaired, and works for ever.
 */
interface Fault {

    /** The word on the command line: {@code lock-cycle}. */
    String name();

    /** One line for {@code --list}. */
    String about();

    /** What {@code --size} counts, and how much of it. */
    Size size();

    /** Whether the story can only happen on virtual threads. */
    default boolean needsVirtualThreads() {
        return false;
    }

    /** Whether the story is about what is left, when main has ended, of the sick version. */
    default boolean outlivesMain() {
        return false;
    }

    /**
     * Starts the story and returns when its end is reached: the sick version stands still for ever, or (the spinning
     * ones) will never do anything else; all workers of the healthy twin have done some rounds.
     */
    void start(Ward ward) throws Exception;

    /**
     * What {@code --size} means to a fault.
     *
     * @param of what is counted: {@code accounts in the ring}
     * @param usual the count without {@code --size}
     * @param least smallest count for which the story is true
     * @param most largest
     */
    record Size(String of, int usual, int least, int most) {

        static Size of(String of, int usual, int least, int most) {
            return new Size(of, usual, least, most);
        }

        static Size fixed(String of, int count) {
            return new Size(of, count, count, count);
        }
    }
}
