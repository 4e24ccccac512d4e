package dev.asyncinspect.cli;

import dev.asyncinspect.model.TaskNumber;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Tasks as the texts call them: {@code 12}, {@code T0}; with or without {@code #}. */
final class TaskNumberConverter implements ITypeConverter<Long> {

    @Override
    public Long convert(String text) {
        try {
            return TaskNumber.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
