package dev.asyncinspect.cli;

import dev.asyncinspect.sources.SourceException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A tool that assistants can call.
 *
 * @param name how they call it
 * @param description what it is for, for them
 * @param parameters its arguments
 * @param readOnly whether it leaves the observed JVM exactly as it was
 * @param body prints the answer, one object of JSON
 */
record McpTool(String name, String description, List<Parameter> parameters, boolean readOnly, Body body) {

    /**
     * One argument.
     *
     * @param name what it is called
     * @param type its type in a JSON schema
     * @param required whether it must be given
     * @param description what it means
     */
    record Parameter(String name, String type, boolean required, String description) {}

    /** What a tool does. */
    interface Body {

        /** Prints the answer. */
        void answer(McpArguments arguments, PrintStream out) throws SourceException;
    }

    /** The JSON schema of its arguments. */
    Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            properties.put(parameter.name, Map.of("type", parameter.type, "description", parameter.description));
        }
        return Map.of(
                "type",
                "object",
                "properties",
                properties,
                "required",
                parameters.stream()
                        .filter(Parameter::required)
                        .map(Parameter::name)
                        .toList(),
                "additionalProperties",
                false);
    }
}
