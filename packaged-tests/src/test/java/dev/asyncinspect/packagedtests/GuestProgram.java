package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import javax.tools.ToolProvider;

/** Compiles {@code Guest.java} into a folder of its own, since a guest must have nothing of ours on its class path. */
final class GuestProgram {

    private static final Path SOURCES = Path.of("src/test/guests");

    private final List<String> classPath = new ArrayList<>();
    private final Path names;

    private GuestProgram(Path names) {
        this.names = names;
    }

    static GuestProgram compile(Path folder) throws IOException {
        GuestProgram guest = new GuestProgram(Files.write(folder.resolve("names"), everyNestedName()));
        guest.add("guest", folder);
        return guest;
    }

    /** Puts classes on its class path that have the names of nested ones. */
    GuestProgram withClassesNamedLikeOurs(Path folder) throws IOException {
        add("shadowing", folder);
        return this;
    }

    /** With options of the JVM; the guest looks around at once. */
    JavaProcess.Launch on(Jdk jdk, String... jvmOptions) {
        return JavaProcess.on(jdk, jvmOptions)
                .with("-cp", String.join(File.pathSeparator, classPath), "Guest", names.toString());
    }

    /** Likewise; the guest prints "ready" and looks around when it is sent a line. */
    JavaProcess.Launch waitingOn(Jdk jdk, String... jvmOptions) {
        return on(jdk, jvmOptions).with("wait");
    }

    private void add(String sources, Path folder) throws IOException {
        Path classes = Files.createDirectories(folder.resolve(sources));
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-d", classes.toString()));
        try (Stream<Path> files = Files.walk(SOURCES.resolve(sources))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::toString)
                    .forEach(arguments::add);
        }
        int code = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0]));
        assertThat(code).as("javac of " + sources).isZero();
        classPath.add(classes.toString());
    }

    /** Under which names a loader could ask for something that is nested in the jar. */
    private static List<String> everyNestedName() throws IOException {
        TreeSet<String> names = new TreeSet<>();
        try (ZipFile zip = new ZipFile(Shipped.JAR.toFile())) {
            zip.stream()
                    .map(Object::toString)
                    .filter(name -> name.startsWith("inspect/") && !name.endsWith("/"))
                    .forEach(name -> {
                        String nested = name.replaceFirst("^inspect/[^/]+/", "");
                        names.add(nested);
                        names.add(nested.replaceFirst("\\.classdata$", ".class"));
                    });
        }
        for (String pack : Packs.entries()) {
            for (String packed : Packs.read(pack).keySet()) {
                names.add(packed.replace('.', '/') + ".class");
            }
        }
        // Names that any jar may have, and the JVM's own modules do have.
        names.removeIf(name -> name.matches("(META-INF/)?(LICENSE|NOTICE|README.*)"));
        assertThat(names).contains("dev/asyncinspect/agent/AgentMain.class", "picocli/CommandLine.class");
        return List.copyOf(names);
    }
}
