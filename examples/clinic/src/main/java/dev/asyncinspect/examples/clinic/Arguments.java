package dev.asyncinspect.examples.clinic;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The command line, understood.
 *
 * @param fault the story to play
 * @param healthy whether to play its healthy twin
 * @param threads on which threads
 * @param namePrefix put before every name of a thread or resource
 * @param size how many of what the fault counts
 * @param noise how many healthy threads to add
 * @param seed invents names from this number; null keeps the plain ones
 */
record Arguments(
        Fault fault,
        boolean healthy,
        ThreadKind threads,
        String namePrefix,
        int size,
        int noise,
        @Nullable Long seed) {

    static final String USAGE = "usage: java -jar clinic.jar FAULT [--healthy] [--threads platform|virtual|mixed]"
            + " [--name-prefix X] [--size N] [--noise N] [--seed S], or --list";

    private static final int MOST_NOISE = 100_000;

    /** Reads the command line of a JVM with or without virtual threads. */
    static Arguments parse(List<String> words, boolean virtualThreadsAvailable) throws UsageException {
        Reader reader = new Reader(words);
        Fault fault = reader.fault();
        ThreadKind threads = fault.needsVirtualThreads() ? ThreadKind.VIRTUAL : ThreadKind.PLATFORM;
        boolean healthy = false;
        String namePrefix = "";
        Fault.Size sizes = fault.size();
        int size = sizes.usual();
        int noise = 0;
        Long seed = null;
        while (reader.hasNext()) {
            String option = reader.next();
            switch (option) {
                case "--healthy" -> healthy = true;
                case "--threads" -> threads = reader.threads();
                case "--name-prefix" -> namePrefix = reader.value(option);
                case "--size" -> size = (int) reader.number(option, sizes.least(), sizes.most());
                case "--noise" -> noise = (int) reader.number(option, 0, MOST_NOISE);
                case "--seed" -> seed = reader.number(option, Long.MIN_VALUE, Long.MAX_VALUE);
                default -> throw new UsageException("unknown argument " + option + "; " + USAGE);
            }
        }
        if (fault.needsVirtualThreads() && threads != ThreadKind.VIRTUAL) {
            throw new UsageException(fault.name() + " happens on virtual threads only: --threads " + threads.word()
                    + " is not available");
        }
        if (threads != ThreadKind.PLATFORM && !virtualThreadsAvailable) {
            throw new UsageException("virtual threads need Java 21 or newer, this is "
                    + Runtime.version().feature());
        }
        return new Arguments(fault, healthy, threads, namePrefix, size, noise, seed);
    }

    private static final class Reader {

        private final Iterator<String> words;

        Reader(List<String> words) {
            this.words = words.iterator();
        }

        boolean hasNext() {
            return words.hasNext();
        }

        String next() {
            return words.next();
        }

        Fault fault() throws UsageException {
            if (!hasNext()) {
                throw new UsageException(USAGE);
            }
            String name = next();
            Fault fault = Faults.named(name);
            if (fault == null) {
                throw new UsageException("unknown fault " + name + "; --list names them all");
            }
            return fault;
        }

        String value(String option) throws UsageException {
            if (!hasNext()) {
                throw new UsageException(option + " needs a value; " + USAGE);
            }
            return next();
        }

        ThreadKind threads() throws UsageException {
            String word = value("--threads");
            for (ThreadKind kind : ThreadKind.values()) {
                if (kind.word().equals(word)) {
                    return kind;
                }
            }
            String known =
                    Arrays.stream(ThreadKind.values()).map(ThreadKind::word).collect(Collectors.joining(", "));
            throw new UsageException("--threads is one of " + known + ": " + word);
        }

        long number(String option, long least, long most) throws UsageException {
            String word = value(option);
            try {
                long number = Long.parseLong(word);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Said below, like a number out of range.
            }
            throw new UsageException(option + " is a whole number from " + least + " to " + most + ": " + word);
        }
    }
}
