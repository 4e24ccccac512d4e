package dev.asyncinspect.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The JVMs that are compared, by what is loaded into them: no agent twice (the A/A twin says what a difference is worth), an empty one, ours. */
final class Arms implements AutoCloseable {

    /** What the others are compared with: any agent costs this much. */
    static final String BASE = "empty agent";

    private static final String RECORDING = "ours, recording";

    private final Path folder;
    private final Map<String, List<String>> options = new LinkedHashMap<>();

    private Arms(Path folder) {
        this.folder = folder;
    }

    /** An agent that does nothing. */
    public static void premain(String options) {
        // its presence alone is what is measured
    }

    static Arms ofAgents() throws IOException {
        Arms arms = new Arms(Files.createTempDirectory("arms"));
        String ours = "-javaagent:" + Path.of("bundle/target/async-inspect.jar").toAbsolutePath();
        arms.options.put("no agent", List.of());
        arms.options.put("no agent, again", List.of());
        arms.options.put(BASE, List.of("-javaagent:" + arms.emptyAgent()));
        arms.options.put("ours, idle", List.of(ours + "=link=" + arms.folder + "/link/idle.sock,idle-millis=3600000"));
        arms.options.put(RECORDING, List.of(ours + "=record"));
        return arms;
    }

    /** With what can be asked for beyond the usual, each alone; what the usual costs stands beside. */
    Arms andOptions() {
        for (String option : List.of("sample=10", "context", "locks")) {
            String usual = options.getOrDefault(RECORDING, List.of()).get(0);
            options.put("recording, " + option, List.of(usual + "," + option));
        }
        return this;
    }

    /** With what others observe a program by, set to keep what they see to themselves. */
    Arms andOthers() {
        options.put(
                "OpenTelemetry agent",
                List.of(
                        "-javaagent:" + Path.of("benchmarks/target/agents/opentelemetry-javaagent.jar"),
                        "-Dotel.traces.exporter=none",
                        "-Dotel.metrics.exporter=none",
                        "-Dotel.logs.exporter=none"));
        options.put(
                "JFR profile",
                List.of(
                        "-Xlog:jfr+startup=error",
                        "-XX:StartFlightRecording:settings=profile,filename=" + folder.resolve("profile.jfr")));
        return this;
    }

    Map<String, List<String>> options() {
        return options;
    }

    /** The command that starts a main class of ours in a JVM of this arm. */
    List<String> command(String arm, List<String> more, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options.getOrDefault(arm, List.of()));
        command.addAll(more);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private Path emptyAgent() throws IOException {
        Path jar = folder.resolve("empty-agent.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), Arms.class.getName());
        manifest.getMainAttributes().put(new Attributes.Name("Can-Retransform-Classes"), "true");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            out.flush();
        }
        return jar;
    }

    @Override
    public void close() throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
