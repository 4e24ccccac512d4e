package dev.asyncinspect.packagedtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folders for heaps that have come into {@code /tmp} since a test began, and are still there. */
final class HeapDumpsLeft {

    private final List<Path> before = now();

    private HeapDumpsLeft() throws IOException {}

    static HeapDumpsLeft sinceNow() throws IOException {
        return new HeapDumpsLeft();
    }

    List<Path> list() throws IOException {
        return now().stream().filter(folder -> !before.contains(folder)).toList();
    }

    private static List<Path> now() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/tmp"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("async-inspect-heap-"))
                    .toList();
        }
    }
}
