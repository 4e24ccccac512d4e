package dev.asyncinspect.sources;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** Class files in folders and jars, Spring Boot's nested jars included, and last in the JDK that runs us. Not thread-safe. */
final class ClassPath implements ClassFiles {

    /** Where executable archives keep classes of their own. */
    private static final List<String> NESTED_CLASSES = List.of("BOOT-INF/classes/", "WEB-INF/classes/");

    /** Where they keep whole jars. */
    private static final List<String> NESTED_JARS = List.of("BOOT-INF/lib/", "WEB-INF/lib/");

    private final List<Path> entries;
    private final Map<Path, @Nullable ZipFile> jars = new LinkedHashMap<>();
    private final Map<String, byte[]> nested = new HashMap<>();
    private boolean nestedRead;

    ClassPath(List<Path> entries) {
        this.entries = List.copyOf(entries);
    }

    @Override
    public byte @Nullable [] find(String className) {
        String file = className.replace('.', '/') + ".class";
        for (Path entry : entries) {
            byte[] bytes = Files.isDirectory(entry) ? inFolder(entry, file) : inJar(entry, file);
            if (bytes != null) {
                return bytes;
            }
        }
        byte[] jdk = inJdk(file);
        return jdk != null ? jdk : inNestedJars(file);
    }

    private static byte @Nullable [] inFolder(Path folder, String file) {
        Path path = folder.resolve(file);
        try {
            return Files.isRegularFile(path) ? Files.readAllBytes(path) : null;
        } catch (IOException e) {
            return null; // not readable: as good as not there
        }
    }

    private byte @Nullable [] inJar(Path path, String file) {
        ZipFile jar = open(path);
        if (jar == null) {
            return null;
        }
        byte[] bytes = read(jar, file);
        for (String prefix : NESTED_CLASSES) {
            bytes = bytes == null ? read(jar, prefix + file) : bytes;
        }
        return bytes;
    }

    private @Nullable ZipFile open(Path path) {
        if (!jars.containsKey(path)) {
            ZipFile jar = null;
            try {
                jar = Files.isRegularFile(path) ? new ZipFile(path.toFile()) : null;
            } catch (IOException e) {
                // no archive, or damaged: its classes are not to be had
            }
            jars.put(path, jar);
        }
        return jars.get(path);
    }

    private static byte @Nullable [] read(ZipFile jar, String name) {
        ZipEntry entry = jar.getEntry(name);
        if (entry == null) {
            return null;
        }
        try (InputStream stream = jar.getInputStream(entry)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            return null;
        }
    }

    private static byte @Nullable [] inJdk(String file) {
        try (InputStream stream = ClassLoader.getPlatformClassLoader().getResourceAsStream(file)) {
            return stream == null ? null : stream.readAllBytes();
        } catch (IOException e) {
            return null;
        }
    }

    /** Jars in jars can only be read from their start, so they are read once, when a class is found nowhere else. */
    private byte @Nullable [] inNestedJars(String file) {
        if (!nestedRead) {
            nestedRead = true;
            for (ZipFile jar : new ArrayList<>(jars.values())) {
                if (jar != null) {
                    readNested(jar);
                }
            }
        }
        return nested.get(file);
    }

    private void readNested(ZipFile jar) {
        Enumeration<? extends ZipEntry> all = jar.entries();
        while (all.hasMoreElements()) {
            String name = all.nextElement().getName();
            if (name.endsWith(".jar") && NESTED_JARS.stream().anyMatch(name::startsWith)) {
                byte[] bytes = read(jar, name);
                if (bytes != null) {
                    readNested(bytes);
                }
            }
        }
    }

    private void readNested(byte[] jar) {
        try (ZipInputStream stream = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (ZipEntry entry = stream.getNextEntry(); entry != null; entry = stream.getNextEntry()) {
                if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/")) {
                    nested.putIfAbsent(entry.getName(), stream.readAllBytes());
                }
            }
        } catch (IOException e) {
            // damaged: what was read so far is kept
        }
    }
}
