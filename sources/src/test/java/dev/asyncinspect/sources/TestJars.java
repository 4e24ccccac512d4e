package dev.asyncinspect.sources;

import dev.asyncinspect.agent.AgentMain;
import dev.asyncinspect.core.rows.Row;
import dev.asyncinspect.sources.observed.TargetProgram;
import dev.asyncinspect.sources.observed.TestBootstrap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Builds the jars of the tests: a program without anything of ours, and an agent laid out like the real one. */
final class TestJars {

    private static final String FOLDER = TargetProgram.class.getPackageName().replace('.', '/') + "/";

    private TestJars() {}

    static Path program(Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), new Manifest())) {
            putClasses(out, List.of("TargetProgram"));
        }
        return jar;
    }

    static Path agent(Path jar) throws IOException, URISyntaxException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Agent-Class", TestBootstrap.class.getName());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            putClasses(out, List.of("TestBootstrap", "TestLoader"));
            put(out, "nested.jar", nested());
        }
        return jar;
    }

    private static byte[] nested() throws IOException, URISyntaxException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(bytes)) {
            putModule(out, AgentMain.class);
            putModule(out, Row.class);
        }
        return bytes.toByteArray();
    }

    private static void putClasses(JarOutputStream out, List<String> names) throws IOException {
        for (String name : names) {
            String path = FOLDER + name + ".class";
            try (InputStream in = TestJars.class.getClassLoader().getResourceAsStream(path)) {
                put(out, path, in.readAllBytes());
            }
        }
    }

    /** All files of the module that a class comes from, be it a folder or a jar. */
    private static void putModule(JarOutputStream out, Class<?> type) throws IOException, URISyntaxException {
        URI location = type.getProtectionDomain().getCodeSource().getLocation().toURI();
        Path path = Path.of(location);
        if (Files.isDirectory(path)) {
            putTree(out, path);
            return;
        }
        try (FileSystem jar = FileSystems.newFileSystem(path, Map.of())) {
            putTree(out, jar.getPath("/"));
        }
    }

    private static void putTree(JarOutputStream out, Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                String name = root.relativize(file).toString();
                if (!name.startsWith("META-INF")) {
                    put(out, name, Files.readAllBytes(file));
                }
            }
        }
    }

    private static void put(JarOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(bytes);
        out.closeEntry();
    }
}
