package dev.asyncinspect.cli;

import dev.asyncinspect.analysis.FindingKind;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Kinds of findings by their stable names. */
final class FindingKindConverter implements ITypeConverter<FindingKind> {

    @Override
    public FindingKind convert(String text) {
        return Arrays.stream(FindingKind.values())
                .filter(kind -> kind.id().equals(text.strip()))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is no kind of finding; there are "
                        + Arrays.stream(FindingKind.values())
                                .map(FindingKind::id)
                                .collect(Collectors.joining(", "))));
    }
}
