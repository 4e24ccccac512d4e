package dev.asyncinspect.cli;

import dev.asyncinspect.sources.JvmProcess;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import tools.jackson.core.JsonGenerator;

/** {@code list}: the JVMs of this machine. */
@Command(
        name = "list",
        description = "Lists the JVMs of this machine and what keeps us from looking at them.",
        footer = {"", "Example:", "  async-inspect list --json"})
final class ListCommand extends AnswerCommand {

    private static final String ROW = "%8s  %-12s %-18s %s";

    @Override
    ExitCode answer(Terminal terminal, Environment environment) {
        List<JvmProcess> jvms = environment.observations().jvms();
        if (output.json) {
            JsonOutput.print(terminal.out(), "list", environment.version(), ExitCode.HEALTHY, json -> {
                json.writeName("jvms");
                json.writeStartArray();
                jvms.forEach(jvm -> write(jvm, json));
                json.writeEndArray();
            });
            return ExitCode.HEALTHY;
        }
        if (jvms.isEmpty()) {
            terminal.line("no JVM found that this user may see");
            return ExitCode.HEALTHY;
        }
        terminal.line(terminal.paint(
                Terminal.Tone.QUIET, String.format(Locale.ROOT, ROW, "PID", "USER", "VERSION", "MAIN CLASS OR JAR")));
        jvms.forEach(jvm -> terminal.line(terminal.fit(row(jvm))));
        return ExitCode.HEALTHY;
    }

    private static String row(JvmProcess jvm) {
        String obstacle = jvm.obstacle() == null ? "" : "   (" + jvm.obstacle() + ")";
        return String.format(
                Locale.ROOT,
                ROW,
                jvm.pid(),
                orUnknown(jvm.user()),
                jvm.version() == null ? "unknown" : jvm.version(),
                orUnknown(jvm.mainClass()) + obstacle);
    }

    static String orUnknown(String text) {
        return text.isEmpty() ? "unknown" : text;
    }

    /** Writes one object. */
    static void write(JvmProcess jvm, JsonGenerator json) {
        json.writeStartObject();
        json.writeNumberProperty("pid", jvm.pid());
        JsonOutput.optional(json, "mainClass", jvm.mainClass().isEmpty() ? null : jvm.mainClass());
        JsonOutput.optional(json, "user", jvm.user().isEmpty() ? null : jvm.user());
        JsonOutput.optional(json, "version", jvm.version());
        JsonOutput.optional(json, "obstacle", jvm.obstacle());
        json.writeEndObject();
    }
}
