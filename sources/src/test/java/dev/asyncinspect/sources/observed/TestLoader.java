package dev.asyncinspect.sources.observed;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;

/** Loads classes out of a jar inside a jar, apart from those of the program. */
final class TestLoader extends ClassLoader {

    private final Map<String, byte[]> entries = new HashMap<>();

    TestLoader(InputStream nested) throws IOException {
        super("async-inspect-agent", ClassLoader.getPlatformClassLoader());
        try (JarInputStream jar = new JarInputStream(nested)) {
            for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
                entries.put(entry.getName(), jar.readAllBytes());
            }
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = entries.get(name.replace('.', '/') + ".class");
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
        byte[] bytes = entries.get(name);
        return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
    }
}
