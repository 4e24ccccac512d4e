package dev.asyncinspect.sources;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/** Whether a JVM that has only just started says by its options that it records: then its socket is about to be there. */
final class AnnouncedRecording {

    /** The agent opens its socket while the program begins already; this is more than any machine needs for it. */
    private static final Duration YOUNG = Duration.ofSeconds(20);

    private static final Pattern RECORDS =
            Pattern.compile("-javaagent:[^\\s\\x00]*\\.jar=([^\\s\\x00]*,)?record[,\\s\\x00]");

    private AnnouncedRecording() {}

    static boolean isExpected(long pid) {
        Instant started = ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .orElse(Instant.MIN);
        return started.isAfter(Instant.now().minus(YOUNG)) && (isIn(pid, "cmdline") || isIn(pid, "environ"));
    }

    /** Options stand on the command line, or in variables that the launcher and the JVM read. */
    private static boolean isIn(long pid, String file) {
        try {
            byte[] bytes = Files.readAllBytes(Path.of("/proc", String.valueOf(pid), file));
            return isIn(new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return false; // gone, not ours to read, or no /proc
        }
    }

    static boolean isIn(String options) {
        return RECORDS.matcher(options + "\0").find();
    }
}
