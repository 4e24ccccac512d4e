package dev.asyncinspect.cli;

import dev.asyncinspect.model.TaskNumber;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The arguments of a call of a tool. What is wrong with them is said so that whoever wrote them can mend it. */
final class McpArguments {

    private final Map<String, Object> given;

    /** @throws IllegalArgumentException if one is given that the tool does not have */
    McpArguments(@Nullable Map<String, Object> given, Set<String> known) {
        this.given = given == null ? Map.of() : given;
        for (String name : this.given.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("unknown argument '" + name + "'; there "
                        + (known.isEmpty()
                                ? "are none"
                                : "are: "
                                        + String.join(
                                                ", ", known.stream().sorted().toList())));
            }
        }
    }

    /** A text, or a number, which callers like to write for a process id. */
    String text(String name) {
        String text = optionalText(name);
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("argument '" + name + "' is missing");
        }
        return text;
    }

    @Nullable
    String optionalText(String name) {
        Object value = given.get(name);
        if (value == null || value instanceof String || value instanceof Integer || value instanceof Long) {
            return value == null ? null : value.toString();
        }
        throw new IllegalArgumentException("argument '" + name + "' must be a text");
    }

    /** A task as the texts call it: {@code 12}, {@code T0}. */
    long task(String name) {
        try {
            return TaskNumber.parse(text(name));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("argument '" + name + "': " + e.getMessage(), e);
        }
    }

    long number(String name) {
        String text = text(name);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("argument '" + name + "' must be a number: '" + text + "'", e);
        }
    }

    int number(String name, int otherwise, int least, int most) {
        if (given.get(name) == null) {
            return otherwise;
        }
        long number = number(name);
        if (number < least || number > most) {
            throw new IllegalArgumentException(
                    "argument '" + name + "' must be between " + least + " and " + most + ": " + number);
        }
        return (int) number;
    }

    boolean flag(String name) {
        Object value = given.get(name);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw new IllegalArgumentException("argument '" + name + "' must be true or false");
    }
}
