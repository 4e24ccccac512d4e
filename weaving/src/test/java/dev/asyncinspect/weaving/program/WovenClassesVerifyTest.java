package dev.asyncinspect.weaving.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;

/**
 * Weaves real classes as if every call of every method were an await, and has the JVM verify them. With {@code -Dweaving.jars=FOLDER} all jars
 * below that folder, else those of the class path.
 */
class WovenClassesVerifyTest {

    private static final AwaitQuestion EVERY_CALL = (owner, method) -> true;

    @Test
    void every_class_verifies_with_every_call_woven() throws Exception {
        int woven = 0;
        List<String> refused = new ArrayList<>();
        for (Path jar : jars()) {
            woven += verify(jar, refused);
        }
        assertThat(refused).as("classes that no longer verify").isEmpty();
        assertThat(woven).isGreaterThan(1000);
    }

    private static List<Path> jars() throws IOException {
        String folder = System.getProperty("weaving.jars");
        try (Stream<Path> files = folder == null
                ? Stream.of(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .split(File.pathSeparator))
                        .map(Path::of)
                : Files.walk(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    private static int verify(Path jar, List<String> refused) throws IOException {
        Map<String, byte[]> plain = classes(jar);
        Map<String, byte[]> woven = new HashMap<>();
        plain.forEach((name, bytes) -> {
            byte[] result = weave(bytes);
            if (result != null) {
                woven.put(name, result);
            }
        });
        InMemory with = new InMemory(plain, woven);
        InMemory without = new InMemory(plain, Map.of());
        for (String name : woven.keySet()) {
            String failure = with.failure(name);
            if (failure != null && without.failure(name) == null) {
                refused.add(jar.getFileName() + " " + name + ": " + failure);
            }
        }
        return woven.size();
    }

    private static byte @Nullable [] weave(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        Map<String, TracedMethod> methods = TraceReader.methods(reader, EVERY_CALL, true);
        TraceWeaver.Woven result = TraceWeaver.weave(reader, methods, EVERY_CALL, label -> 4711);
        return result == null ? null : result.bytes();
    }

    /**
     * By binary name; other versions of a multi-release jar are left out, and our own classes: a recorder that stays loaded would be taken for
     * one of a program by the tests that come after.
     */
    private static Map<String, byte[]> classes(Path jar) throws IOException {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (var entries = zip.entries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                String name = entry.getName();
                boolean isClass = name.endsWith(".class") && !name.endsWith("-info.class");
                if (isClass && !name.startsWith("META-INF/") && !name.startsWith("dev/asyncinspect/")) {
                    try (var in = zip.getInputStream(entry)) {
                        classes.put(
                                name.substring(0, name.length() - ".class".length())
                                        .replace('/', '.'),
                                in.readAllBytes());
                    }
                }
            }
        }
        return classes;
    }

    /** Classes of one jar; those it depends on come from the class path, or are missing. */
    private static final class InMemory extends ClassLoader {

        private final Map<String, byte[]> plain;
        private final Map<String, byte[]> woven;

        InMemory(Map<String, byte[]> plain, Map<String, byte[]> woven) {
            super(getPlatformClassLoader());
            this.plain = plain;
            this.woven = woven;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = woven.getOrDefault(name, plain.get(name));
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }

        /** Why a class does not verify; null if it does, or is not even found out because it misses others. */
        @Nullable
        String failure(String name) {
            try {
                var unused = loadClass(name)
                        .getDeclaredMethods(); // links the class, which verifies it, and initialises nothing
                return null;
            } catch (VerifyError | ClassFormatError e) {
                return e.toString();
            } catch (ClassNotFoundException | LinkageError e) {
                return null;
            }
        }
    }
}
