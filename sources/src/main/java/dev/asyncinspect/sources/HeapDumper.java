package dev.asyncinspect.sources;

import dev.asyncinspect.core.wire.LinkFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Has a live JVM dump its heap into a folder that only its user can enter, and removes the file again. */
final class HeapDumper implements AutoCloseable {

    private static final Pattern USED = Pattern.compile("used (\\d+)([KMG])|(\\d+)([KMG]) used");
    private static final long MIB = 1L << 20;
    private static final int MOST_TRIES = 100;

    private final Path inTarget;
    private final Path folder;
    private final Path file;

    /** Whoever ends us in between must not leave the heap of another program behind. */
    private final ExitGuard<HeapDumper> guard = ExitGuard.ending(HeapDumper::removeQuietly);

    private HeapDumper(Path inTarget, Path folder) {
        this.inTarget = inTarget;
        this.folder = folder;
        this.file = folder.resolve("heap.hprof");
    }

    /** Makes the folder. In a container it is the container's. */
    static HeapDumper of(long pid) throws IOException {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        Path place = Path.of("tmp", "async-inspect-heap-" + HexFormat.of().formatHex(random));
        Path root = ProcFs.root(pid);
        boolean seen = Files.isDirectory(root.resolve("tmp"));
        Path folder = seen ? root.resolve(place) : Path.of("/").resolve(place);
        HeapDumper dumper = new HeapDumper(Path.of("/").resolve(place), folder);
        dumper.guard.keep(() -> {
            LinkFolder.create(folder);
            return dumper;
        });
        try {
            if (seen) {
                Files.setOwner(
                        folder, Files.getOwner(Path.of("/proc", String.valueOf(pid)), LinkOption.NOFOLLOW_LINKS));
            }
            return dumper;
        } catch (IOException e) {
            dumper.close();
            throw e;
        }
    }

    /**
     * Has the heap dumped. The JVM stands still until that is done.
     *
     * @param announce is told, beforehand, what it will cost
     */
    Path dump(AttachChannel channel, Consumer<String> announce) throws IOException {
        long used = used(channel.command("GC.heap_info"));
        long free = folder.toFile().getUsableSpace(); // FileStore finds no mount of another namespace, a container's
        if (used > free) {
            throw new IOException(
                    "its heap holds " + used / MIB + " MB and there are only " + free / MIB + " MB left in /tmp");
        }
        announce.accept("about " + Math.max(1, used / MIB) + " MB, into " + inTarget + " (removed afterwards)");
        String answer = channel.command("GC.heap_dump -all " + inTarget.resolve("heap.hprof"));
        if (!Files.isReadable(file)) {
            throw new IOException("no heap dump was written: "
                    + answer.strip().lines().reduce((first, last) -> last).orElse("no answer"));
        }
        return file;
    }

    /** How many bytes the collectors say are in use, their own data about classes left out. */
    static long used(String heapInfo) {
        long sum = 0;
        for (String line : heapInfo.lines().toList()) {
            Matcher used = USED.matcher(line);
            if (!line.contains("space") && used.find()) {
                boolean numberLast = used.group(1) != null;
                int shift = switch (used.group(numberLast ? 2 : 4)) {
                    case "G" -> 30;
                    case "M" -> 20;
                    default -> 10;
                };
                sum += Long.parseLong(used.group(numberLast ? 1 : 3)) << shift;
            }
        }
        return sum;
    }

    @Override
    public void close() throws IOException {
        remove();
        guard.release();
    }

    private void removeQuietly() {
        try {
            remove();
        } catch (IOException | UncheckedIOException e) {
            // gone already, or not ours to remove: nobody is left to be told
        }
    }

    private void remove() throws IOException {
        for (int tries = 1; Files.exists(folder); tries++) {
            try {
                removeOnce();
            } catch (DirectoryNotEmptyException e) {
                if (tries == MOST_TRIES) {
                    throw e; // the JVM makes files faster than we can remove them
                }
            }
        }
    }

    private void removeOnce() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path left : files.toList()) {
                Files.deleteIfExists(left); // its parts too, if the JVM died while it wrote
            }
        }
        Files.deleteIfExists(folder);
    }
}
