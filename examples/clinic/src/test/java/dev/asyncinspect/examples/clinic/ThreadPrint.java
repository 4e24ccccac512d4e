package dev.asyncinspect.examples.clinic;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A text thread dump, read as far as these tests need it. */
record ThreadPrint(String text) {

    private static final Pattern BETWEEN_THREADS = Pattern.compile("\n(?=\")");

    /** The threads whose name begins so, each as the dump shows it. */
    List<String> threads(String namePrefix) {
        // The deadlocks that the JVM itself reports come after the threads, and name them again.
        String threads = text.split("\nFound ", 2)[0];
        return BETWEEN_THREADS
                .splitAsStream(threads)
                .filter(thread -> thread.startsWith("\"" + namePrefix))
                .toList();
    }

    /** The states of those threads, in the words of the JDK. */
    List<String> states(String namePrefix) {
        return threads(namePrefix).stream().flatMap(ThreadPrint::state).toList();
    }

    private static Stream<String> state(String thread) {
        return thread.lines()
                .filter(line -> line.contains("java.lang.Thread.State: "))
                .map(line -> line.substring(line.indexOf(": ") + 2));
    }
}
