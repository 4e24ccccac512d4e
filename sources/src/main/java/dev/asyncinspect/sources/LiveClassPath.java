package dev.asyncinspect.sources;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** The class path of a live JVM, as far as its system properties and the manifests of its jars tell. */
final class LiveClassPath {

    private LiveClassPath() {}

    /** Class files of this JVM: first where {@code given} finds them, then on its own class and module path. */
    static ClassFiles of(long pid, AttachChannel channel, ClassFiles given) {
        List<Path> entries = new ArrayList<>();
        try {
            Properties properties = channel.systemProperties();
            for (String property : List.of("java.class.path", "jdk.module.path")) {
                for (String entry : properties.getProperty(property, "").split(File.pathSeparator)) {
                    if (!entry.isBlank()) {
                        add(entries, asSeenByUs(pid, entry), pid);
                    }
                }
            }
        } catch (IOException e) {
            // The JVM does not tell: awaits are told by line only.
        }
        ClassFiles own = ClassFiles.on(entries);
        return className -> {
            byte[] bytes = given.find(className);
            return bytes != null ? bytes : own.find(className);
        };
    }

    /** A path of the JVM, whose root and working folder may be others than ours. */
    private static Path asSeenByUs(long pid, String entry) {
        Path path = Path.of(entry);
        if (!path.isAbsolute()) {
            return ProcFs.workingFolder(pid).resolve(path);
        }
        Path inItsRoot = ProcFs.root(pid).resolve(path.toString().substring(1));
        return Files.exists(inItsRoot) ? inItsRoot : path;
    }

    /** The entry, and what the manifest of a jar adds to the class path. */
    private static void add(List<Path> entries, Path entry, long pid) {
        if (entries.contains(entry)) {
            return;
        }
        entries.add(entry);
        if (!Files.isRegularFile(entry)) {
            return;
        }
        try (JarFile jar = new JarFile(entry.toFile())) {
            Manifest manifest = jar.getManifest();
            String more = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            Path folder = entry.getParent();
            if (more != null && folder != null) {
                for (String word : more.split(" ")) {
                    if (!word.isBlank() && !word.contains(":")) {
                        add(entries, folder.resolve(word), pid);
                    }
                }
            }
        } catch (IOException e) {
            // no jar: it stays in the list and finds nothing
        }
    }
}
