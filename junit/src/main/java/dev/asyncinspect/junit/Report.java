package dev.asyncinspect.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What the report of the tests is given besides the failure. */
final class Report {

    private Report() {}

    /** The message as an entry, and the evidence as a folder where JUnit takes folders. */
    static void publish(ExtensionContext context, InspectionError error) {
        context.publishReportEntry(Map.of("async-inspect." + error.check(), String.valueOf(error.getMessage())));
        Path evidence = error.evidence();
        if (evidence == null || !Files.isDirectory(evidence)) {
            return;
        }
        try {
            context.publishDirectory("async-inspect", folder -> copy(evidence, folder));
        } catch (NoSuchMethodError e) {
            // JUnit before 5.12: the message names the folder.
        } catch (RuntimeException e) {
            // JUnit cannot keep it: that must not hide why the test fails.
        }
    }

    private static void copy(Path evidence, Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(evidence)) {
            files = all.toList();
        }
        Files.createDirectories(folder);
        for (Path file : files) {
            Files.copy(file, folder.resolve(file.getFileName().toString()));
        }
    }
}
