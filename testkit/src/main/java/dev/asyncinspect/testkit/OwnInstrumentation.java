package dev.asyncinspect.testkit;

import com.sun.tools.attach.VirtualMachine;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** The instrumentation of the test's own JVM, got as everybody gets it: by loading an agent into it. */
public final class OwnInstrumentation {

    private static @Nullable Instrumentation instrumentation;

    private OwnInstrumentation() {}

    /** Entered by the JVM. */
    public static void agentmain(@Nullable String options, Instrumentation given) {
        instrumentation = given;
    }

    /** Loads the agent at the first call. */
    public static synchronized Instrumentation get() {
        if (instrumentation == null) {
            try {
                Path jar = Files.createTempFile("test-agent", ".jar");
                Manifest manifest = new Manifest();
                manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
                manifest.getMainAttributes()
                        .put(new Attributes.Name("Agent-Class"), OwnInstrumentation.class.getName());
                manifest.getMainAttributes().put(new Attributes.Name("Can-Redefine-Classes"), "true");
                manifest.getMainAttributes().put(new Attributes.Name("Can-Retransform-Classes"), "true");
                try (OutputStream file = Files.newOutputStream(jar);
                        JarOutputStream out = new JarOutputStream(file, manifest)) {
                    out.flush();
                }
                VirtualMachine self = VirtualMachine.attach(
                        String.valueOf(ProcessHandle.current().pid()));
                self.loadAgent(jar.toString());
                self.detach();
                Files.delete(jar);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        return Objects.requireNonNull(instrumentation);
    }
}
