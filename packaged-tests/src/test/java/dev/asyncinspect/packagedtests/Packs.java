package dev.asyncinspect.packagedtests;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The classes that lie in one entry of the jar, as {@code tools/PackClasses.java} has written them. */
final class Packs {

    static final String AGENT = "inspect/agent/classes.pack";

    private Packs() {}

    /** All entries that are packs. */
    static List<String> entries() throws IOException {
        try (ZipFile zip = new ZipFile(Shipped.JAR.toFile())) {
            return zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".pack"))
                    .toList();
        }
    }

    /** The bytes of the classes in one of them, by name, with dots. */
    static Map<String, byte[]> read(String entry) throws IOException {
        byte[] pack;
        try (ZipFile zip = new ZipFile(Shipped.JAR.toFile());
                InputStream stream = zip.getInputStream(zip.getEntry(entry))) {
            pack = stream.readAllBytes();
        }
        Map<String, byte[]> classes = new LinkedHashMap<>();
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(pack));
        while (in.available() > 0) {
            String name = new String(in.readNBytes(in.readUnsignedShort()), StandardCharsets.ISO_8859_1);
            classes.put(name, in.readNBytes(in.readInt()));
        }
        return classes;
    }
}
