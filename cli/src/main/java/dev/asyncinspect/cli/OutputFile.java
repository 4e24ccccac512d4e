package dev.asyncinspect.cli;

import dev.asyncinspect.core.recording.RecordingEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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

    /**
     * What the recording lacks that a program was to leave there; null if nothing, or if the program did not even start and says so itself.
     *
     * @param exitCode what the program has ended with
     */
    static @Nullable String loss(Path file, int exitCode) {
        try {
            return RecordingEnd.isWhole(file)
                    ? null
                    : file + " lacks what was recorded last: there was no room for it, or the program was killed";
        } catch (NoSuchFileException e) {
            return exitCode == 0 ? file + " was not written: the program did not record" : null;
        } catch (IOException e) {
            return "cannot read " + file + ": " + Failures.oneLine(String.valueOf(e.getMessage()));
        }
    }
}
