package dev.asyncinspect.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Files that we make in the folder for temporary files. */
final class TemporaryFiles {

    private TemporaryFiles() {}

    /** Removes one, if it was made at all. */
    static void remove(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // A small file in the folder for temporary files is all that is left.
        }
    }
}
