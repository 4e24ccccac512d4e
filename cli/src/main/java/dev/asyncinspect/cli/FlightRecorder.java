package dev.asyncinspect.cli;

import dev.asyncinspect.sources.JvmProcess;
import dev.asyncinspect.sources.SourceException;
import java.time.Duration;
import java.util.function.Consumer;

/** Asks a JVM for what it recorded before, if it records. Loads nothing and changes nothing. */
final class FlightRecorder {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private FlightRecorder() {}

    /**
     * The diagnosis with what happened before; as it is if nothing was recorded.
     *
     * @param say is told in a line why the recording could not be read
     */
    static Diagnosis ask(Observations observations, JvmProcess jvm, Diagnosis diagnosis, Consumer<String> say) {
        try {
            return diagnosis.with(observations.recordedIfOn(jvm, PATIENCE));
        } catch (SourceException e) {
            say.accept("what it recorded before is not told: " + Failures.oneLine(String.valueOf(e.getMessage())));
            return diagnosis;
        }
    }
}
