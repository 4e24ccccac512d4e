package dev.asyncinspect.sources;

import org.jspecify.annotations.Nullable;

/** Versions of JVMs as they print themselves: {@code 25.0.3+9-LTS}, {@code 1.8.0_402-b06}. */
final class JvmVersions {

    private JvmVersions() {}

    /** The feature version, 0 if not told. */
    static int feature(@Nullable String version) {
        if (version == null) {
            return 0;
        }
        String text = version.startsWith("1.") ? version.substring(2) : version;
        int end = 0;
        while (end < text.length() && end < 4 && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end == 0 ? 0 : Integer.parseInt(text.substring(0, end));
    }
}
