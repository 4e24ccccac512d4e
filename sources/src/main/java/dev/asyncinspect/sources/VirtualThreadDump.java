package dev.asyncinspect.sources;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's own dump of virtual threads. It can crash a busy JVM (docs/safety/jdk-virtual-thread-dump.md), so it is taken only
 * where somebody asked for it by its option.
 */
final class VirtualThreadDump {

    private VirtualThreadDump() {}

    /** Takes one and reads it; null if the JVM wrote something that is no dump. The file is removed in any case. */
    static @Nullable RawDump take(AttachChannel channel) throws IOException {
        Path folder = Files.createTempDirectory(
                "async-inspect", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path file = folder.resolve("threads.json");
        try {
            String answer = channel.command("Thread.dump_to_file -format=json " + file);
            if (!Files.isReadable(file)) {
                throw new IOException("no dump of virtual threads was written: "
                        + answer.strip().lines().reduce((first, last) -> last).orElse("no answer"));
            }
            try (InputStream stream = new ByteArrayInputStream(Files.readAllBytes(file))) {
                return JsonDumpParser.parse(stream);
            }
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }
}
