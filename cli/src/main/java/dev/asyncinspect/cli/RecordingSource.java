package dev.asyncinspect.cli;

import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.RecordingTotals;
import dev.asyncinspect.sources.JvmProcess;
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
        return read(environment, new AtOption());
    }

    /** The recording up to a moment. */
    Recording read(Environment environment, AtOption at) throws SourceException {
        Observations observations = environment.observations();
        if (!isProcess()) {
            return at.read(observations, file());
        }
        JvmProcess jvm = observations.find(source);
        return at.read(until -> observations.recorded(jvm, timeout, until));
    }

    /** The recording in numbers. */
    RecordingTotals totals(Environment environment, boolean detailed) throws SourceException {
        Observations observations = environment.observations();
        return isProcess()
                ? observations.recordedTotals(observations.find(source), timeout, detailed)
                : observations.recordingTotals(file(), detailed);
    }

    /** Whether a JVM is meant, and not a file. */
    boolean isProcess() {
        return !source.isEmpty() && source.chars().allMatch(Character::isDigit) && !Files.exists(file());
    }

    Path file() {
        return Path.of(source);
    }
}
