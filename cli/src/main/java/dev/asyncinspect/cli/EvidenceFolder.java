package dev.asyncinspect.cli;

import dev.asyncinspect.sources.ExitGuard;
import dev.asyncinspect.sources.SourceException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A folder with what was seen of JVMs. It appears under its name once it is whole; until then it is hidden, and removed if we end. */
final class EvidenceFolder implements AutoCloseable {

    private static final int MOST_OF_ONE_NAME = 1000;

    private final Path named;
    private final Path begun;
    private final ExitGuard<Path> guard;

    private EvidenceFolder(Path named, Path begun, ExitGuard<Path> guard) {
        this.named = named;
        this.begun = begun;
        this.guard = guard;
    }

    /** Begins a folder, readable by its user only: what a program does and is named is nobody else's business. */
    static EvidenceFolder begin(Path named) throws IOException {
        Path whole = named.toAbsolutePath().normalize();
        Path parent = whole.getParent();
        Path parts = Files.createDirectories(parent == null ? whole : parent);
        ExitGuard<Path> guard = ExitGuard.ending(EvidenceFolder::removeQuietly);
        Path begun = guard.keep(() -> Files.createTempDirectory(parts, ".async-inspect-"));
        if (begun.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(begun, PosixFilePermissions.fromString("rwx------"));
        }
        return new EvidenceFolder(whole, begun, guard);
    }

    /** Adds a file. */
    void add(String name, Consumer<PrintStream> content) throws IOException {
        boolean failed = guard.with(() -> {
            try (PrintStream out = new PrintStream(begun.resolve(name).toFile(), StandardCharsets.UTF_8)) {
                content.accept(out);
                return out.checkError();
            }
        });
        if (failed) {
            throw new IOException("cannot write " + named.resolve(name) + ": is the disk full?");
        }
    }

    /** Writes a file by its path. */
    @FunctionalInterface
    interface Writing {

        void to(Path file) throws SourceException;
    }

    /** Adds a file that somebody else writes, or does not. */
    void addFile(String name, Writing content) throws IOException, SourceException {
        SourceException[] failure = new SourceException[1];
        guard.with(() -> {
            try {
                content.to(begun.resolve(name));
            } catch (SourceException e) {
                failure[0] = e;
            }
            return name;
        });
        if (failure[0] != null) {
            throw failure[0];
        }
    }

    /** Gives it its name, or the first free one of {@code name-2}, {@code name-3}, …; returns where it is. */
    Path finish() throws IOException {
        for (int i = 1; i <= MOST_OF_ONE_NAME; i++) {
            Path free = i == 1 ? named : named.resolveSibling(named.getFileName() + "-" + i);
            if (Files.notExists(free)) {
                try {
                    return Files.move(begun, free, StandardCopyOption.ATOMIC_MOVE);
                } catch (FileAlreadyExistsException e) {
                    // Somebody else took the name in between: the next one.
                }
            }
        }
        throw new IOException(named + " and " + MOST_OF_ONE_NAME + " more of that name exist already");
    }

    /** Removes it unless it is finished. */
    @Override
    public void close() {
        removeQuietly(begun);
        guard.release();
    }

    private static void removeQuietly(Path begun) {
        try (Stream<Path> files = Files.exists(begun) ? Files.list(begun) : Stream.empty()) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(begun);
        } catch (IOException | UncheckedIOException e) {
            // Not ours to remove any more; its name says what it is.
        }
    }
}
