package dev.asyncinspect.packagedtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folders for heaps that have come into {@code /tmp} since a test began and stay there. Those of other tests that run beside it
 * go away by themselves; one that was left behind does not.
 */
final class HeapDumpsLeft {

    private static final Duration AT_MOST = Duration.ofSeconds(90);

    private final List<Path> before = now();

    private HeapDumpsLeft() throws IOException {}

    static HeapDumpsLeft sinceNow() throws IOException {
        return new HeapDumpsLeft();
    }

    List<Path> list() throws IOException {
        List<Path> left =
                now().stream().filter(folder -> !before.contains(folder)).toList();
        Instant end = Instant.now().plus(AT_MOST);
        while (!left.isEmpty() && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
            left = left.stream().filter(Files::exists).toList();
        }
        return left;
    }

    private static List<Path> now() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/tmp"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("async-inspect-heap-"))
                    .toList();
        }
    }
}
