package dev.asyncinspect.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where clients look for the agent of a JVM if nobody names a place. */
final class UsualLink {

    private UsualLink() {}

    /** {@code /tmp/async-inspect-USER/PID.sock}; null where there is no such place. */
    static @Nullable Path path() {
        try {
            Path self = Path.of("/proc/self");
            Object user = Files.getAttribute(self, "unix:uid");
            // Not ProcessHandle, which sets up what waits for child processes: a program that is recorded from its
            // start would pay for it.
            return Path.of("/tmp", "async-inspect-" + user, Files.readSymbolicLink(self) + ".sock");
        } catch (IOException | RuntimeException e) {
            return null; // no Linux: the client names the place when it loads the agent
        }
    }
}
