package dev.asyncinspect.testkit;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * A JDK on this machine.
 *
 * @param home its folder, symbolic links resolved
 * @param version as its {@code release} file states it
 */
public record Jdk(Path home, Runtime.Version version) {

    /** The JDK in that folder; empty if there is none, or only a runtime without compiler. */
    public static Optional<Jdk> at(Path home) {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/javac")) || !Files.isReadable(release)) {
            return Optional.empty();
        }
        Properties facts = new Properties();
        try (Reader reader = Files.newBufferedReader(release, StandardCharsets.UTF_8)) {
            facts.load(reader);
            String version = facts.getProperty("JAVA_VERSION", "").replace("\"", "");
            return Optional.of(new Jdk(home.toRealPath(), Runtime.Version.parse(version)));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // a folder that looks like a JDK but does not say which one, such as "1.8.0_402"
        }
    }

    /** 17, 21, 25… */
    public int feature() {
        return version.feature();
    }

    /** The path of one of its programs, for a command line. */
    public String tool(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    /** Short, for the names of parameterised tests. */
    @Override
    public String toString() {
        return "JDK " + version;
    }
}
