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
            Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            return Path.of(
                    "/tmp", "async-inspect-" + user, ProcessHandle.current().pid() + ".sock");
        } catch (IOException | RuntimeException e) {
            return null; // no Linux: the client names the place when it loads the agent
        }
    }
}
