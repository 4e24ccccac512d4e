package dev.asyncinspect.core.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The version of async-inspect that these classes come from. */
public final class Release {

    /** Written into the jar by the build. */
    private static final String RESOURCE = "release.txt";

    private static final String UNKNOWN = "unknown";

    private Release() {}

    /** The version, {@code unknown} if the build did not say. */
    public static String version() {
        try (InputStream in = Release.class.getResourceAsStream(RESOURCE)) {
            return in == null ? UNKNOWN : new String(in.readAllBytes(), StandardCharsets.UTF_8).trim();
        } catch (IOException e) {
            return UNKNOWN; // the jar went away under us; nothing depends on the name
        }
    }
}
