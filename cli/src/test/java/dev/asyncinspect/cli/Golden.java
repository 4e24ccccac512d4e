package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts that were reviewed once and must not change by accident; {@code -Dgolden.rewrite=true} rewrites them. */
final class Golden {

    private static final Path FOLDER = Path.of("src/test/golden");

    private Golden() {}

    /** Holds the text against the file of this name. */
    static void assertMatches(String name, String actual) {
        Path file = FOLDER.resolve(name + ".txt");
        try {
            if (Boolean.getBoolean("golden.rewrite")) {
                Files.createDirectories(FOLDER);
                Files.writeString(file, actual);
                return;
            }
            assertThat(actual).as("%s", file).isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("run once with -Dgolden.rewrite=true to make " + file, e);
        }
    }
}
