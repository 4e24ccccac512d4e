package dev.asyncinspect.sources;

import dev.asyncinspect.core.wire.SampleRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/** A client in a process of its own that stops in the middle of a sample, for a test to kill. */
final class StalledClient {

    private StalledClient() {}

    public static void main(String[] arguments) throws SourceException {
        JvmProcess jvm = new JvmProcess(Long.parseLong(arguments[0]), "", "", null, null);
        AttachLink.Settings settings =
                new AttachLink.Settings(Path.of(arguments[1]), Duration.ofSeconds(30), Duration.ofMillis(200));
        try (AttachLink link = AttachLink.open(jvm, settings)) {
            link.sample(new SampleRequest(1_000_000, true, 100), new KeptRows(StalledClient::stall));
        }
    }

    private static void stall() {
        System.out.println("stalled");
        try {
            System.in.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
