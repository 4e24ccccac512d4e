package dev.asyncinspect.cli;

import dev.asyncinspect.sources.JvmProcess;
import dev.asyncinspect.sources.SourceException;
import java.time.Duration;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which live JVM a command is about, where it can be about nothing else. */
final class LiveTarget {

    @Parameters(index = "0", paramLabel = "PID|NAME", description = "Process id of the JVM, or part of its main class.")
    String target = "";

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "How long to wait for one answer of the JVM (default: ${DEFAULT-VALUE}).")
    Duration timeout = Duration.ofSeconds(10);

    JvmProcess find(Observations observations) throws SourceException {
        return observations.find(target);
    }
}
