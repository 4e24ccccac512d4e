package dev.asyncinspect;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.jar.JarFile;

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
}
