package dev.asyncinspect.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that a command is to write. */
final class OutputFile {

    private OutputFile() {}

    /** Why nothing can be written there; null if it seems to do. Asked before anything else is done. */
    static @Nullable String problem(String option, Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            return option + " must be in a folder that can be written: " + file;
        }
        return Files.isDirectory(file) ? option + " must be a file, and this is a folder: " + file : null;
    }
}
