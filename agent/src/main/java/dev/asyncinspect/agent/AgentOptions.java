package dev.asyncinspect.agent;

import dev.asyncinspect.agent.recording.Recording;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the agent is told when it is loaded: {@code link=PATH,idle-millis=N,record,memory-mb=N,to=FILE,sites,locks,context}.
 *
 * @param link absolute path of the socket to serve; null, which it can be with {@code record}, for where clients look
 * @param idleMillis how long to stay without a client; while it records it stays
 * @param record whether to record from the beginning
 * @param memoryMegabytes how much memory recorded events may take
 * @param to file that is recorded to as well, null for none
 * @param sites whether to record the line that submits a task
 * @param locks whether to record who takes locks, and where
 * @param context whether to record which keys are put into logging contexts
 */
record AgentOptions(
        @Nullable Path link,
        long idleMillis,
        boolean record,
        int memoryMegabytes,
        @Nullable Path to,
        boolean sites,
        boolean locks,
        boolean context) {

    static final long DEFAULT_IDLE_MILLIS = 10_000;

    private static final long MAX_IDLE_MILLIS = 3_600_000;

    private static final int MAX_MEGABYTES = 1024;

    /**
     * Reads the options.
     *
     * @param problems takes what was wrong and passed over
     * @return null if there is no usable link, so that nothing can be served and nobody can be told
     */
    static @Nullable AgentOptions parse(String text, Problems problems) {
        Path link = null;
        long idleMillis = DEFAULT_IDLE_MILLIS;
        boolean record = false;
        long megabytes = Recording.DEFAULT_MEGABYTES;
        Path to = null;
        boolean sites = false;
        boolean locks = false;
        boolean context = false;
        for (String option : text.split(",", -1)) {
            int equals = option.indexOf('=');
            String key = equals < 0 ? option : option.substring(0, equals);
            String value = equals < 0 ? "" : option.substring(equals + 1);
            switch (key) {
                case "link" -> link = path(key, value, problems);
                case "idle-millis" -> idleMillis = number(key, value, MAX_IDLE_MILLIS, DEFAULT_IDLE_MILLIS, problems);
                case "record" -> record = true;
                case "sites" -> sites = true;
                case "locks" -> locks = true;
                case "context" -> context = true;
                case "to" -> to = path(key, absolute(value), problems);
                case "memory-mb" ->
                    megabytes = number(key, value, MAX_MEGABYTES, Recording.DEFAULT_MEGABYTES, problems);
                default ->
                    problems.add("unknown agent option '" + option
                            + "': known are link, idle-millis, record, memory-mb, to, sites, locks and context");
            }
        }
        return link == null && !record
                ? null
                : new AgentOptions(link, idleMillis, record, (int) megabytes, to, sites, locks, context);
    }

    /** Where to serve; null if there is no such place here. Who asks looks the usual one up, which takes a while: not the program's thread. */
    @Nullable
    Path socket() {
        return link == null ? UsualLink.path() : link;
    }

    /** What a person writes is meant from where the program was started. */
    private static String absolute(String path) {
        String here = System.getProperty("user.dir", "");
        return path.isEmpty() || path.startsWith(File.separator) ? path : here + File.separator + path;
    }

    private static @Nullable Path path(String key, String value, Problems problems) {
        try {
            Path path = Path.of(value);
            if (path.isAbsolute()
                    && path.getParent() != null
                    && path.normalize().equals(path)) {
                return path;
            }
        } catch (InvalidPathException e) {
            problems.add("agent option " + key + " is no path: " + e.getMessage());
            return null;
        }
        problems.add("agent option " + key + " must be an absolute path without '..': '" + value + "'");
        return null;
    }

    private static long number(String key, String value, long max, long otherwise, Problems problems) {
        try {
            long number = Long.parseLong(value);
            if (number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, like a number out of range
        }
        problems.add("agent option " + key + " must be 1 to " + max + ": '" + value + "', took " + otherwise);
        return otherwise;
    }
}
