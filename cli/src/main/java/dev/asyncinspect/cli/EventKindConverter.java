package dev.asyncinspect.cli;

import dev.asyncinspect.model.RecordedEvent;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Kinds of events by their stable names. */
final class EventKindConverter implements ITypeConverter<RecordedEvent.Kind> {

    @Override
    public RecordedEvent.Kind convert(String text) {
        return Arrays.stream(RecordedEvent.Kind.values())
                .filter(kind -> kind.id().equals(text.strip()))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is no kind of event; there are "
                        + Arrays.stream(RecordedEvent.Kind.values())
                                .map(RecordedEvent.Kind::id)
                                .collect(Collectors.joining(", "))));
    }
}
