package dev.asyncinspect.cli;

import dev.asyncinspect.model.Recording;
import dev.asyncinspect.sources.SourceException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The recording that a command is about. */
final class RecordingFile {

    @Parameters(
            index = "0",
            arity = "1",
            paramLabel = "FILE",
            description = "A recording; of a rotated one its newest file.")
    @Nullable
    Path file;

    Path path() {
        return Objects.requireNonNull(file);
    }

    Recording read(Environment environment) throws SourceException {
        return environment.observations().recording(path());
    }
}
