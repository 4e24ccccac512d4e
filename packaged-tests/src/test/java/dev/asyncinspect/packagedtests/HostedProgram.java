package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** One program in the shapes that containers want: on a class path, a module, a bundle, a module of JBoss. */
final class HostedProgram {

    private static final Path SOURCES = Path.of("src/test/hosts");
    private static final Path HOSTS = Path.of("target/hosts");

    private final Path folder;

    /** Makes them in this folder. */
    HostedProgram(Path folder) {
        this.folder = folder;
    }

    /** As arguments of {@code java}: on a class path, beside classes of this source folder if there is one. */
    List<String> onClassPath(String... besides) throws IOException {
        List<String> path = new ArrayList<>(List.of(compiled("hosted", "").toString()));
        for (String beside : besides) {
            path.add(compiled(beside, "").toString());
        }
        return List.of("-cp", String.join(File.pathSeparator, path), "hosted.Hosted");
    }

    /** As a module that opens nothing. */
    List<String> asModule() throws IOException {
        Path classes = folder.resolve("as-module");
        compile(classes, "", List.of("hosted", "module"));
        return List.of("-p", classes.toString(), "-m", "hosted/hosted.Hosted");
    }

    /** As a bundle of an OSGi framework, {@code org.apache.felix.framework}. */
    List<String> inOsgi(String framework) throws IOException {
        String jar = host(framework);
        Path classes = folder.resolve("as-bundle");
        compile(classes, jar, List.of("hosted", "bundle"));
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue("Bundle-SymbolicName", "hosted");
        attributes.putValue("Bundle-Version", "1.0.0");
        attributes.putValue("Bundle-Activator", "hosted.Activator");
        attributes.putValue("Import-Package", "org.osgi.framework");
        Path bundle = jar(classes, folder.resolve("bundle.jar"), manifest);
        String classPath = compiled("launcher", jar) + File.pathSeparator + jar;
        Path storage = folder.resolve("storage" + System.nanoTime());
        return List.of(
                "-cp",
                classPath,
                "OsgiLauncher",
                storage.toString(),
                bundle.toUri().toString());
    }

    /** As a module of JBoss Modules. */
    List<String> inJbossModules() throws IOException {
        Path module = Files.createDirectories(folder.resolve("modules/hosted/main"));
        jar(compiled("hosted", ""), module.resolve("hosted.jar"), new Manifest());
        Files.writeString(module.resolve("module.xml"), """
                <module xmlns="urn:jboss:module:1.9" name="hosted">
                  <main-class name="hosted.Hosted"/>
                  <resources><resource-root path="hosted.jar"/></resources>
                  <dependencies><module name="java.se"/></dependencies>
                </module>
                """);
        return List.of(
                "-jar", host("jboss-modules"), "-mp", folder.resolve("modules").toString(), "hosted");
    }

    private static String host(String name) throws IOException {
        try (Stream<Path> jars = Files.list(HOSTS)) {
            return jars.map(Path::toString)
                    .filter(jar -> jar.contains(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Path compiled(String sources, String classPath) throws IOException {
        Path classes = folder.resolve(sources);
        compile(classes, classPath, List.of(sources));
        return classes;
    }

    private static void compile(Path classes, String classPath, List<String> sources) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-proc:none", "-d", classes.toString()));
        if (!classPath.isEmpty()) {
            arguments.addAll(List.of("-cp", classPath));
        }
        for (String each : sources) {
            try (Stream<Path> files = Files.walk(SOURCES.resolve(each))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .map(Path::toString)
                        .forEach(arguments::add);
            }
        }
        int code = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(code).as("javac " + arguments).isZero();
    }

    private static Path jar(Path classes, Path jar, Manifest manifest) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> files = Files.walk(classes)) {
            out.putNextEntry(new JarEntry("META-INF/MANIFEST.MF"));
            manifest.write(out);
            for (Path each : files.filter(Files::isRegularFile).toArray(Path[]::new)) {
                out.putNextEntry(new JarEntry(classes.relativize(each).toString()));
                out.write(Files.readAllBytes(each));
            }
        }
        return jar;
    }

    /** Arguments before others. */
    static String[] with(List<String> arguments, String... before) {
        List<String> all = new ArrayList<>(Arrays.asList(before));
        all.addAll(arguments);
        return all.toArray(String[]::new);
    }
}
