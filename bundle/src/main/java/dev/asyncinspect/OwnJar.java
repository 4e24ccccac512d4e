package dev.asyncinspect;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** The jar that these classes come from. */
final class OwnJar {

    private OwnJar() {}

    static URL location() {
        return OwnJar.class.getProtectionDomain().getCodeSource().getLocation();
    }

    static File file() throws IOException {
        try {
            return new File(location().toURI());
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IOException("async-inspect must be started from its jar, not from " + location(), e);
        }
    }

    static JarFile open() throws IOException {
        return new JarFile(file(), false);
    }

    /** As its manifest states it. */
    static String version(JarFile jar) throws IOException {
        Manifest manifest = jar.getManifest();
        String version =
                manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        return version == null ? "unknown" : version;
    }
}
