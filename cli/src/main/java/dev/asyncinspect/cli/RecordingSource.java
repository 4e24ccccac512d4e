package dev.asyncinspect.cli;

import dev.asyncinspect.model.Recording;
import dev.asyncinspect.sources.SourceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The recording that a command is about: a file, or what a JVM keeps of its own. */
final class RecordingSource {

    @Parameters(
            index = "0",
            arity = "1",
            paramLabel = "FILE|PID",
            description = "A recording (of a rotated one its newest file), or the process id of a JVM that records.")
    String source = "";

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "How long to wait for one answer of the JVM (default: ${DEFAULT-VALUE}).")
    Duration timeout = Duration.ofSeconds(10);

    Recording read(Environment environment) throws SourceException {
        Observations observations = environment.observations();
        boolean process = source.chars().allMatch(Character::isDigit) && !Files.exists(Path.of(source));
        return process
                ? observations.recorded(observations.find(source), timeout)
                : observations.recording(Path.of(source));
    }
}
