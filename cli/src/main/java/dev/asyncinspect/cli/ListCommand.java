package dev.asyncinspect.cli;

import dev.asyncinspect.sources.JvmProcess;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** {@code list}: the JVMs of this machine. */
@Command(name = "list", description = "Lists the JVMs of this machine and what keeps us from looking at them.")
final class ListCommand extends AnswerCommand {

    private static final String ROW = "%8s  %-12s %s";

    @Override
    ExitCode answer(Terminal terminal, Environment environment) {
        List<JvmProcess> jvms = environment.observations().jvms();
        if (output.json) {
            json(terminal, jvms);
            return ExitCode.HEALTHY;
        }
        terminal.line(terminal.paint(
                Terminal.Tone.QUIET, String.format(Locale.ROOT, ROW, "PID", "USER", "MAIN CLASS OR JAR")));
        for (JvmProcess jvm : jvms) {
            String main = jvm.mainClass().isEmpty() ? "unknown" : jvm.mainClass();
            String obstacle = jvm.obstacle() == null ? "" : "   (" + jvm.obstacle() + ")";
            terminal.line(String.format(Locale.ROOT, ROW, jvm.pid(), jvm.user(), main + obstacle));
        }
        if (jvms.isEmpty()) {
            terminal.line("no JVM found that this user may see");
        }
        return ExitCode.HEALTHY;
    }

    private static void json(Terminal terminal, List<JvmProcess> jvms) {
        JsonFactory factory = JsonFactory.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build();
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), terminal.out())) {
            json.writeStartArray();
            for (JvmProcess jvm : jvms) {
                json.writeStartObject();
                json.writeNumberProperty("pid", jvm.pid());
                json.writeStringProperty("mainClass", jvm.mainClass());
                json.writeStringProperty("user", jvm.user());
                if (jvm.obstacle() != null) {
                    json.writeStringProperty("obstacle", jvm.obstacle());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        terminal.out().println();
    }
}
