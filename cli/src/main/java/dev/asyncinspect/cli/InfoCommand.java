package dev.asyncinspect.cli;

import dev.asyncinspect.sources.JvmProcess;
import dev.asyncinspect.sources.RecordingState;
import dev.asyncinspect.sources.SourceException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code info}: what runs us, what this machine allows, and what is known of one JVM. */
@Command(
        name = "info",
        description = "Shows versions, the JVM that runs us, how many JVMs can be looked at, and one of them if named.",
        footer = {"", "Examples:", "  async-inspect info", "  async-inspect info 4711"})
final class InfoCommand extends AnswerCommand {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @Parameters(
            arity = "0..1",
            paramLabel = "PID|NAME",
            description = "Process id of a JVM, or part of its main class.")
    @Nullable
    String target;

    @Override
    ExitCode answer(Terminal terminal, Environment environment) throws SourceException {
        Observations observations = environment.observations();
        List<JvmProcess> jvms = observations.jvms();
        JvmProcess jvm = target == null ? null : observations.find(target);
        Standing standing = standing(observations, jvm);
        RecordingState recording = standing.recording;
        Map<String, String> facts = facts(environment, jvms);
        if (output.json) {
            JsonOutput.print(terminal.out(), "info", environment.version(), ExitCode.HEALTHY, json -> {
                json.writeName("facts");
                json.writeStartObject();
                facts.forEach(json::writeStringProperty);
                json.writeEndObject();
                if (jvm != null) {
                    json.writeName("jvm");
                    ListCommand.write(jvm, json);
                }
                if (recording != null) {
                    RecordingStateJson.write(recording, json);
                }
            });
            return ExitCode.HEALTHY;
        }
        facts.forEach((name, value) -> line(terminal, name, value));
        if (recording != null) {
            terminal.line();
            RecordingText.table(recording).forEach(terminal::line); // long: what matters is below it, where one looks
        }
        if (jvm != null) {
            terminal.line();
            line(terminal, "pid", String.valueOf(jvm.pid()));
            line(terminal, "main class", ListCommand.orUnknown(jvm.mainClass()));
            line(terminal, "user", ListCommand.orUnknown(jvm.user()));
            line(terminal, "version", jvm.version() == null ? "unknown" : jvm.version());
            line(terminal, "obstacle", jvm.obstacle() == null ? "none: it can be looked at" : jvm.obstacle());
            line(terminal, "records", standing.text);
        }
        if (recording != null && !recording.settings().isEmpty()) {
            line(terminal, "with", recording.settings());
        }
        return ExitCode.HEALTHY;
    }

    /** How a JVM records; one that cannot be asked may well do, so that is not told as "no". */
    private static Standing standing(Observations observations, @Nullable JvmProcess jvm) {
        if (jvm == null || jvm.obstacle() != null) {
            return new Standing(null, "unknown");
        }
        try {
            RecordingState recording = observations.recording(jvm, PATIENCE);
            return recording == null || !recording.on()
                    ? new Standing(null, "no")
                    : new Standing(recording, RecordingText.summary(recording));
        } catch (SourceException e) {
            return new Standing(null, "unknown: " + e.getMessage());
        }
    }

    private static Map<String, String> facts(Environment environment, List<JvmProcess> jvms) {
        long reachable = jvms.stream().filter(jvm -> jvm.obstacle() == null).count();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("async-inspect", environment.version());
        facts.put(
                "runs on",
                property("java.vm.name") + " " + property("java.vm.version") + " (" + property("java.home") + ")");
        facts.put(
                "system",
                property("os.name") + " " + property("os.version") + ", " + property("os.arch") + ", user "
                        + property("user.name"));
        facts.put("JVMs here", jvms.size() + ", of which " + reachable + " can be looked at");
        facts.put("distances", "dump (live by Thread.print, or files)");
        return facts;
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }

    private static void line(Terminal terminal, String name, String value) {
        terminal.line(String.format(Locale.ROOT, "%-14s %s", name, value));
    }

    /**
     * Whether and how a JVM records.
     *
     * @param recording null if it does not, or if that is not known
     * @param text what people are told
     */
    private record Standing(@Nullable RecordingState recording, String text) {}
}
