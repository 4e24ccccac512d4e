package dev.asyncinspect.packagedtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The folders for heaps that have come into {@code /tmp} since a test began and stay there. Those of other tests that run beside it
 * go away by themselves; one that was left behind does not.
 */
final class HeapDumpsLeft {

    private static final Duration AT_MOST = Duration.ofSeconds(90);

    private static final long A_LITTLE = 10_000_000;

    private final List<Path> before = all();

    private HeapDumpsLeft() throws IOException {}

    static HeapDumpsLeft sinceNow() throws IOException {
        return new HeapDumpsLeft();
    }

    /** Those that are there now, of other tests too. */
    List<Path> now() throws IOException {
        return all().stream().filter(folder -> !before.contains(folder)).toList();
    }

    /** Those that stay. */
    List<Path> list() throws IOException {
        List<Path> left = now();
        Instant end = Instant.now().plus(AT_MOST);
        while (!left.isEmpty() && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(A_LITTLE);
            left = left.stream().filter(Files::exists).toList();
        }
        return left;
    }

    private static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/tmp"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("async-inspect-heap-"))
                    .toList();
        }
    }
}
