package dev.asyncinspect.cli;

import dev.asyncinspect.model.Recording;
import dev.asyncinspect.sources.SourceException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which moment of a recording is looked at. */
final class AtOption {

    private static final Duration WHOLE = Duration.ofNanos(Long.MAX_VALUE);

    @Option(
            names = "--at",
            paramLabel = "T",
            converter = Moment.class,
            description =
                    "Of a recording: what it looked like then, as time since its beginning (1500ms, 2s) or time of day"
                            + " (2026-01-02T12:00:00Z). Default: at its end.")
    @Nullable
    Moment at;

    /** A moment as people give it. */
    static final class Moment implements ITypeConverter<Moment> {

        private final @Nullable Duration sinceBegin;
        private final @Nullable Instant time;

        /** For the command line, which makes converters by itself. */
        Moment() {
            this(null, null);
        }

        private Moment(@Nullable Duration sinceBegin, @Nullable Instant time) {
            this.sinceBegin = sinceBegin;
            this.time = time;
        }

        @Override
        public Moment convert(String text) {
            try {
                return text.indexOf('T') > 0
                        ? new Moment(null, Instant.parse(text))
                        : new Moment(new DurationConverter().convert(text), null);
            } catch (DateTimeException | TypeConversionException e) {
                throw new TypeConversionException(
                        "'" + text + "' is no time; write 1500ms, 2s, 1m30s or 2026-01-02T12:00:00Z");
            }
        }
    }

    /** A recording that can be read up to so long after its beginning. */
    @FunctionalInterface
    interface Recorded {

        Recording upTo(Duration until) throws SourceException;
    }

    /** The recording up to that moment. */
    Recording read(Observations observations, Path file) throws SourceException {
        return read(until -> observations.recording(file, until));
    }

    /** The recording up to that moment. */
    Recording read(Recorded recording) throws SourceException {
        Moment moment = at;
        if (moment == null) {
            return recording.upTo(WHOLE);
        }
        Duration until = moment.sinceBegin;
        return recording.upTo(until == null ? since(recording.upTo(WHOLE), moment) : until);
    }

    private static Duration since(Recording whole, Moment moment) throws SourceException {
        Instant began = whole.beganAt();
        Duration since = began == null ? null : Duration.between(began, moment.time);
        if (since == null || since.isNegative()) {
            throw new SourceException(
                    SourceException.Reason.UNREADABLE,
                    began == null
                            ? "the recording holds no time of day; give --at as time since its beginning"
                            : "the recording begins only at " + began);
        }
        return since;
    }
}
