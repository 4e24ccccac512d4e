package dev.asyncinspect.sources;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The jar that is loaded into a JVM, at a path under which that JVM finds it; a copy for a container goes afterwards. */
final class AgentJar implements Closeable {

    private final Path inTarget;
    private final @Nullable Path copy;

    private AgentJar(Path inTarget, @Nullable Path copy) {
        this.inTarget = inTarget;
        this.copy = copy;
    }

    static AgentJar visibleTo(long pid, Path jar) throws IOException {
        Path real = jar.toRealPath();
        Path root = ProcFs.root(pid);
        if (!Files.isDirectory(root.resolve("tmp")) || isSame(real, below(root, real))) {
            return new AgentJar(real, null);
        }
        // Always the same name: the JVM keeps it on its class path, and a later load must find the jar there again.
        Path inTarget = Path.of("/tmp", "async-inspect-" + AgentSocket.ownPid(pid) + ".jar");
        Path copy = below(root, inTarget);
        Files.deleteIfExists(copy);
        Files.createFile(copy); // fails rather than following a link that somebody put there
        try {
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
            Files.write(copy, Files.readAllBytes(real));
        } catch (IOException e) {
            Files.deleteIfExists(copy);
            throw e;
        }
        return new AgentJar(inTarget, copy);
    }

    /** The path to tell the JVM. */
    Path inTarget() {
        return inTarget;
    }

    @Override
    public void close() throws IOException {
        if (copy != null) {
            Files.deleteIfExists(copy);
        }
    }

    private static boolean isSame(Path ours, Path theirs) throws IOException {
        return Files.exists(theirs) && Files.isSameFile(ours, theirs);
    }

    private static Path below(Path root, Path absolute) {
        return root.resolve(absolute.toString().substring(1));
    }
}
