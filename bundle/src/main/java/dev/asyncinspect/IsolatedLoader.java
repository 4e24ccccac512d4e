package dev.asyncinspect;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** Loads what is nested in our jar under one folder, and nothing of the program's. Closing it gives the jar back. */
final class IsolatedLoader extends ClassLoader implements Closeable {

    /*
     * The parent is the platform loader: neither does the program see our classes (they are no *.class files, and no loader
     * but this one looks for *.classdata), nor do we see the program's. Entries are read straight from one open JarFile; a
     * nested jar would have to be unpacked twice.
     *
     * The classes of the agent lie in one entry, one behind the other, because a program that is recorded from its start waits for some five
     * hundred of them, and to open an entry takes longer than to define a class:
     *
     *   length of the name | name, dev.asyncinspect… | length of the bytes | bytes | length of the next name | …
     *   2 bytes              ASCII                     4 bytes
     *
     * What is in there is ours, so the parent is not asked for it. It is held weakly: a recorded program has use for the memory, and what is
     * loaded later is read once more.
     *
     * Of the command line what lies below some outermost packages is in a pack of each, "picocli.pack", read when the first of these classes is asked
     * for, and kept. A JVM that loads our jar as an agent reads the list of all its entries before the program begins: three thousand fewer.
     */

    private static final String PACK = "classes";

    static {
        registerAsParallelCapable();
    }

    /** No entry of ours has so many; a damaged jar may say so. */
    private static final int MOST_BYTES = 1 << 26;

    private final JarFile jar;
    private final String folder;
    private final ProtectionDomain domain;

    /** Guarded by this reference's own lock, see {@link #pack}. */
    private final Object packLock = new Object();

    private WeakReference<@Nullable Pack> pack = new WeakReference<>(null);

    /** By outermost package; that of one that has none is empty. */
    private final Map<String, Pack> ofPackages = new ConcurrentHashMap<>();

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
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        Pack pack = pack();
        Place place = pack.places.get(name);
        if (place == null) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name, pack.bytes, place.offset, place.length) : loaded;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = bytes(name.replace('.', '/') + ".classdata");
        if (bytes != null) {
            return define(name, bytes, 0, bytes.length);
        }
        Pack pack = ofPackage(name.substring(0, Math.max(0, name.indexOf('.'))));
        Place place = pack.places.get(name);
        if (place == null || closed) {
            throw new ClassNotFoundException(name);
        }
        return define(name, pack.bytes, place.offset, place.length);
    }

    /** Two threads that ask first at once may both read it; they go on with the same. */
    private Pack ofPackage(String outermost) {
        Pack known = ofPackages.get(outermost);
        if (known != null) {
            return known;
        }
        Pack read = read(outermost);
        Pack first = ofPackages.putIfAbsent(outermost, read);
        return first == null ? read : first;
    }

    private Pack read(String outermost) {
        byte[] bytes = bytes(outermost + ".pack");
        return new Pack(bytes == null ? new byte[0] : bytes);
    }

    private Class<?> define(String name, byte[] bytes, int offset, int length) {
        int dot = name.lastIndexOf('.');
        String packageName = dot < 0 ? "" : name.substring(0, dot);
        if (getDefinedPackage(packageName) == null) {
            try {
                definePackage(packageName, null, null, null, null, null, null, null);
            } catch (IllegalArgumentException e) {
                // Another thread was faster, which is as good.
            }
        }
        return defineClass(name, bytes, offset, length, domain);
    }

    /** The classes in one entry; none of them if there is no such entry, or we are closed. */
    private Pack pack() {
        synchronized (packLock) {
            Pack known = pack.get();
            if (known == null) {
                known = read(PACK);
                pack = new WeakReference<>(known);
            }
            return known;
        }
    }

    /** Many classes in one piece. */
    private static final class Pack {

        final byte[] bytes;
        final Map<String, Place> places = new HashMap<>();

        Pack(byte[] bytes) {
            this.bytes = bytes;
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                int nameLength = buffer.getShort();
                String name = new String(bytes, buffer.position(), nameLength, StandardCharsets.ISO_8859_1);
                buffer.position(buffer.position() + nameLength);
                int length = buffer.getInt();
                places.put(name, new Place(buffer.position(), length));
                buffer.position(buffer.position() + length);
            }
        }
    }

    /** Where in a pack the bytes of a class lie. */
    private static final class Place {

        final int offset;
        final int length;

        Place(int offset, int length) {
            this.offset = offset;
            this.length = length;
        }
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

    /** Straight from the jar: an address and a connection of its own for each would be made before the program begins. */
    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        byte[] bytes = bytes(name);
        return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
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
            if (entry == null || entry.isDirectory() || entry.getSize() < 0 || entry.getSize() > MOST_BYTES) {
                return null;
            }
            // Exactly as many as there are: what is read by the usual chunks makes the collector run before the program
            // has begun.
            byte[] bytes = new byte[(int) entry.getSize()];
            try (InputStream stream = jar.getInputStream(entry)) {
                return stream.readNBytes(bytes, 0, bytes.length) == bytes.length ? bytes : null;
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
