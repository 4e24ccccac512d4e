package dev.asyncinspect.examples.clinic;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** A JDK on this machine to run the clinic on. */
record Jdk(int version, Path home) {

    /** The one that runs the tests. */
    static Jdk running() {
        return new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
    }

    /** One of that version, if there is any; the build's own search finds it. */
    static Optional<Jdk> find(int version) throws IOException, InterruptedException {
        Process search = new ProcessBuilder("bash", System.getProperty("clinic.find-jdk"), String.valueOf(version))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String home = new String(search.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        return search.waitFor() == 0 ? Optional.of(new Jdk(version, Path.of(home))) : Optional.empty();
    }

    String tool(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    @Override
    public String toString() {
        return "JDK " + version;
    }
}
