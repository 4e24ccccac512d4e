package dev.asyncinspect;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** Loads what is nested in our jar under one folder, and nothing of the program's. Closing it gives the jar back. */
final class IsolatedLoader extends ClassLoader implements Closeable {

    /*
     * The parent is the platform loader: neither does the program see our classes (they are no *.class files, and no loader
     * but this one looks for *.classdata), nor do we see the program's. Entries are read straight from one open JarFile; a
     * nested jar would have to be unpacked twice.
     */

    static {
        registerAsParallelCapable();
    }

    private final JarFile jar;
    private final String folder;
    private final ProtectionDomain domain;
    private volatile boolean closed; // written by whoever detaches, read by the next load

    /**
     * A loader for one folder of the jar.
     *
     * @param location the jar itself, for stack traces and policies
     * @param folder {@code inspect/cli/}, with the slash
     */
    IsolatedLoader(JarFile jar, URL location, String folder) {
        super("async-inspect", getPlatformClassLoader());
        this.jar = jar;
        this.folder = folder;
        this.domain = new ProtectionDomain(new CodeSource(location, (Certificate[]) null), null, this, null);
    }

    /** After this no further class or resource is found; those that were loaded go on working. */
    @Override
    public void close() throws IOException {
        closed = true;
        jar.close();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = bytes(name.replace('.', '/') + ".classdata");
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        int dot = name.lastIndexOf('.');
        String packageName = dot < 0 ? "" : name.substring(0, dot);
        if (getDefinedPackage(packageName) == null) {
            try {
                definePackage(packageName, null, null, null, null, null, null, null);
            } catch (IllegalArgumentException e) {
                // Another thread was faster, which is as good.
            }
        }
        return defineClass(name, bytes, 0, bytes.length, domain);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        byte[] bytes = bytes(name);
        if (bytes == null) {
            return null;
        }
        try {
            return new URL("async-inspect", null, -1, "/" + folder + name, new InMemory(bytes));
        } catch (MalformedURLException e) {
            return null; // cannot be: the protocol is our own and comes with its handler
        }
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL found = findResource(name);
        return found == null ? Collections.emptyEnumeration() : Collections.enumeration(List.of(found));
    }

    private byte @Nullable [] bytes(String name) {
        if (closed) {
            return null;
        }
        try {
            JarEntry entry = jar.getJarEntry(folder + name);
            if (entry == null || entry.isDirectory()) {
                return null;
            }
            try (InputStream stream = jar.getInputStream(entry)) {
                return stream.readAllBytes();
            }
        } catch (IOException | IllegalStateException e) {
            return null; // closed by another thread, or replaced under our feet: told as not found
        }
    }

    /** Serves a resource from memory. */
    private static final class InMemory extends URLStreamHandler {

        private final byte[] bytes;

        InMemory(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {
                    connected = true;
                }

                @Override
                public InputStream getInputStream() {
                    return new ByteArrayInputStream(bytes);
                }

                @Override
                public int getContentLength() {
                    return bytes.length;
                }
            };
        }
    }
}
