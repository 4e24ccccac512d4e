package dev.asyncinspect.packagedtests;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipFile;

/** The classes of the agent, which lie in one entry of the jar, as {@code tools/PackClasses.java} has written them. */
final class AgentPack {

    static final String ENTRY = "inspect/agent/classes.pack";

    private AgentPack() {}

    /** Their bytes by name, with dots. */
    static Map<String, byte[]> read() throws IOException {
        byte[] pack;
        try (ZipFile zip = new ZipFile(Shipped.JAR.toFile());
                InputStream stream = zip.getInputStream(zip.getEntry(ENTRY))) {
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
