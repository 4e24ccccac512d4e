package dev.asyncinspect.packagedtests;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** The jars that ship, started as a person starts them. */
final class Shipped {

    static final Path JAR = Path.of("../bundle/target/async-inspect.jar");
    static final Path CLINIC = Path.of("../examples/clinic/target/clinic.jar");

    private Shipped() {}

    /** As the manifest states it, which another test holds against the build. */
    static String version() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            return jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        }
    }

    /** What a user writes to start a program with the agent. */
    static String agentOption() {
        return "-javaagent:" + JAR.toAbsolutePath();
    }

    /** Runs a command of async-inspect on this JDK. */
    static Ended run(Jdk jdk, String... arguments) throws IOException, InterruptedException {
        return JavaProcess.on(jdk, "-Ddev.asyncinspect.clinic=" + CLINIC.toAbsolutePath(), "-jar", JAR.toString())
                .with(arguments)
                .run();
    }

    /** Runs a command on the JDK of the build. */
    static Ended run(String... arguments) throws IOException, InterruptedException {
        return run(Jdks.onThisMachine().require(25), arguments);
    }

    /** Starts the clinic and waits until its fault is reached. */
    static JavaProcess clinic(Jdk jdk, String... arguments) throws IOException {
        JavaProcess clinic =
                JavaProcess.on(jdk, "-jar", CLINIC.toString()).with(arguments).start();
        try {
            clinic.awaitLine("ready ");
            return clinic;
        } catch (AssertionError e) {
            clinic.close();
            throw e;
        }
    }
}
