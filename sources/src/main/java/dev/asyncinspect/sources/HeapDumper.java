package dev.asyncinspect.sources;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Has a live JVM dump its heap into a folder that only its user can enter, and removes the file again. */
final class HeapDumper implements AutoCloseable {

    private static final Pattern USED = Pattern.compile("used (\\d+)([KMG])|(\\d+)([KMG]) used");
    private static final long MIB = 1L << 20;
    private static final Path TEMPORARY = Path.of("/tmp");

    private final Path inTarget;
    private final ForeignFolder folder;
    private final Path file;

    /** Whoever ends us in between must not leave the heap of another program behind. */
    private final ExitGuard<ForeignFolder> guard;

    private HeapDumper(Path inTarget, ForeignFolder folder, ExitGuard<ForeignFolder> guard) {
        this.inTarget = inTarget;
        this.folder = folder;
        this.file = folder.path().resolve("heap.hprof");
        this.guard = guard;
    }

    /** Makes the folder. In a container it is the container's. */
    static HeapDumper of(long pid) throws IOException {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        String name = "async-inspect-heap-" + HexFormat.of().formatHex(random);
        Path temporary = temporary(pid);
        ExitGuard<ForeignFolder> guard = ExitGuard.ending(ForeignFolder::removeQuietly);
        HeapDumper dumper =
                new HeapDumper(TEMPORARY.resolve(name), guard.keep(() -> ForeignFolder.create(temporary, name)), guard);
        try {
            Path process = Path.of("/proc", String.valueOf(pid));
            if (Files.exists(process)) {
                Files.setOwner(dumper.folder.path(), Files.getOwner(process, LinkOption.NOFOLLOW_LINKS));
            }
            return dumper;
        } catch (IOException e) {
            dumper.close();
            throw e;
        }
    }

    /** Where the process has its {@code /tmp}: by a way that lasts longer than the process, if there is one. */
    private static Path temporary(long pid) throws IOException {
        Path seen = ProcFs.root(pid).resolve("tmp");
        return !Files.isDirectory(seen) || Files.isSameFile(seen, TEMPORARY) ? TEMPORARY : seen;
    }

    /**
     * Has the heap dumped. The JVM stands still until that is done.
     *
     * @param announce is told, beforehand, what it will cost
     */
    Path dump(AttachChannel channel, Consumer<String> announce) throws IOException {
        long used = used(channel.command("GC.heap_info"));
        // FileStore would find no mount of another namespace, a container's.
        long free = folder.path().toFile().getUsableSpace();
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
        folder.remove();
        guard.release();
    }
}
