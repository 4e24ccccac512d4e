package dev.asyncinspect.sources;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The JDKs of this machine, found as the build finds its own. */
final class Jdks {

    private Jdks() {}

    /** The {@code java} of this version, null if there is none. */
    static Path java(int version) throws IOException, InterruptedException {
        Path search = Path.of(System.getProperty("basedir", ".")).resolve("../tools/find-jdk");
        Process process = new ProcessBuilder("bash", search.toString(), String.valueOf(version))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String home = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        return process.waitFor() == 0 ? Path.of(home, "bin", "java") : null;
    }
}
