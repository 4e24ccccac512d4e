package dev.asyncinspect.sources;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code /proc} says about a process. Where there is no such file system everything is simply not told. */
final class ProcFs {

    /** Its bit in the masks of {@code /proc/PID/status}. */
    private static final long SIGQUIT = 1 << (3 - 1);

    private static final int MAPS_BUFFER = 1 << 16;

    private ProcFs() {}

    /** Value of a line of {@code /proc/PID/status}, null if not told. */
    static @Nullable String status(long pid, String key) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status"))) {
                if (line.startsWith(key + ":")) {
                    return line.substring(key.length() + 1).trim();
                }
            }
        } catch (IOException e) {
            return null; // gone, or no /proc on this system
        }
        return null;
    }

    /** One letter: R running, S sleeping, T stopped by a signal, t stopped by a debugger, Z zombie; null if not told. */
    static @Nullable String state(long pid) {
        String state = status(pid, "State");
        return state == null || state.isEmpty() ? null : state.substring(0, 1);
    }

    /**
     * Whether the process handles SIGQUIT, by which a JVM is asked to open its attach socket; one that does not is ended by
     * it. Null if not told.
     */
    static @Nullable Boolean catchesQuit(long pid) {
        String caught = status(pid, "SigCgt");
        try {
            return caught == null ? null : (Long.parseUnsignedLong(caught, 16) & SIGQUIT) != 0;
        } catch (NumberFormatException e) {
            return null; // not the mask that Linux prints
        }
    }

    /** Whether the JVM has opened its attach socket already, so that it need not be asked to. */
    static boolean hasAttachSocket(long pid) {
        return Files.exists(root(pid).resolve("tmp").resolve(".java_pid" + pid));
    }

    /** Effective user id, null if not told. */
    static @Nullable String userId(long pid) {
        String ids = status(pid, "Uid");
        String[] words = ids == null ? new String[0] : ids.split("\\s+");
        return words.length > 1 ? words[1] : null;
    }

    /** The command line, empty if not told. */
    static List<String> commandLine(long pid) {
        try {
            String text = Files.readString(Path.of("/proc", String.valueOf(pid), "cmdline"), StandardCharsets.UTF_8);
            return List.of(text.split("\0"));
        } catch (IOException e) {
            return List.of(); // gone, or not ours to read
        }
    }

    /** Whether the process has mapped HotSpot's library; null if that cannot be told. */
    static @Nullable Boolean isJvm(long pid) {
        return isJavaOfItsHome(pid) ? Boolean.TRUE : hasMapped(pid, "libjvm.so");
    }

    /** Whether what it runs is {@code bin/java} beside HotSpot's library: a JVM of many threads has a long list of mappings. */
    private static boolean isJavaOfItsHome(long pid) {
        try {
            Path java = Files.readSymbolicLink(Path.of("/proc", String.valueOf(pid), "exe"));
            Path home = root(pid).resolve(Path.of("/").relativize(java)).resolveSibling("..");
            return java.endsWith("bin/java") && Files.exists(home.resolve("lib/server/libjvm.so"));
        } catch (IOException | IllegalArgumentException e) {
            return false; // another user's process, no /proc, or a launcher that was deleted
        }
    }

    private static @Nullable Boolean hasMapped(long pid, String library) {
        try (BufferedReader maps = new BufferedReader(
                new InputStreamReader(
                        Files.newInputStream(Path.of("/proc", String.valueOf(pid), "maps")),
                        StandardCharsets.ISO_8859_1),
                MAPS_BUFFER)) {
            for (String line = maps.readLine(); line != null; line = maps.readLine()) {
                if (line.contains(library)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return null; // another user's process, or no /proc
        }
    }

    /** The root folder of the process as we see it: its container's, if it has one. */
    static Path root(long pid) {
        return Path.of("/proc", String.valueOf(pid), "root");
    }

    /** The working folder of the process as we see it. */
    static Path workingFolder(long pid) {
        return Path.of("/proc", String.valueOf(pid), "cwd");
    }
}
