package dev.asyncinspect.sources;

import dev.asyncinspect.core.wire.LinkFolder;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;

/**
 * A folder of ours that lies where another process sees it, and that we can remove even when that process, and with it the
 * way {@code /proc/PID/root} to the folder, is gone.
 */
final class ForeignFolder {

    private static final int MOST_TRIES = 100;

    /** Stays open: what is reached from it needs no path any more. */
    private final SecureDirectoryStream<Path> parent;

    private final Path path;
    private boolean removed;

    private ForeignFolder(SecureDirectoryStream<Path> parent, Path path) {
        this.parent = parent;
        this.path = path;
    }

    /** Creates it, for our user only. */
    @SuppressWarnings("StreamResourceLeak") // closed by remove()
    static ForeignFolder create(Path parent, String name) throws IOException {
        DirectoryStream<Path> open = Files.newDirectoryStream(parent);
        try {
            if (!(open instanceof SecureDirectoryStream<Path> secure)) {
                throw new IOException("the file system of " + parent + " has no folders that can be held open");
            }
            Path path = parent.resolve(name);
            LinkFolder.create(path);
            return new ForeignFolder(secure, path);
        } catch (IOException e) {
            open.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    /**
     * Removes it with all the files in it, once.
     *
     * @throws IOException if something of it is left
     */
    synchronized void remove() throws IOException {
        for (int tries = 1; !removed; tries++) {
            try {
                removeOnce();
                removed = true;
                parent.close();
            } catch (DirectoryNotEmptyException e) {
                if (tries == MOST_TRIES) {
                    throw e; // the process makes files faster than we can remove them
                }
            }
        }
    }

    /** Removes what can be removed. */
    void removeQuietly() {
        try {
            remove();
        } catch (IOException e) {
            // not ours to remove, and nobody is left to be told
        }
    }

    private void removeOnce() throws IOException {
        try (SecureDirectoryStream<Path> folder =
                parent.newDirectoryStream(path.getFileName(), LinkOption.NOFOLLOW_LINKS)) {
            for (Path file : folder) {
                deleteIfExists(folder, file.getFileName());
            }
            parent.deleteDirectory(path.getFileName());
        } catch (NoSuchFileException e) {
            // somebody else has removed it
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void deleteIfExists(SecureDirectoryStream<Path> folder, Path file) throws IOException {
        try {
            folder.deleteFile(file);
        } catch (NoSuchFileException e) {
            // the process was faster
        }
    }
}
