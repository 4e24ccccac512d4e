package dev.asyncinspect.agent;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the agent is told when it is loaded: {@code link=PATH,idle-millis=N}.
 *
 * @param link absolute path of the socket to serve
 * @param idleMillis how long to stay without a client
 */
record AgentOptions(Path link, long idleMillis) {

    static final long DEFAULT_IDLE_MILLIS = 10_000;

    private static final long MAX_IDLE_MILLIS = 3_600_000;

    /**
     * Reads the options.
     *
     * @param problems takes what was wrong and passed over
     * @return null if there is no usable link, so that nothing can be served and nobody can be told
     */
    static @Nullable AgentOptions parse(String text, Problems problems) {
        Path link = null;
        long idleMillis = DEFAULT_IDLE_MILLIS;
        for (String option : text.split(",", -1)) {
            int equals = option.indexOf('=');
            String key = equals < 0 ? option : option.substring(0, equals);
            String value = equals < 0 ? "" : option.substring(equals + 1);
            switch (key) {
                case "link" -> link = link(value, problems);
                case "idle-millis" -> idleMillis = idleMillis(value, problems);
                default -> problems.add("unknown agent option '" + option + "': known are link and idle-millis");
            }
        }
        return link == null ? null : new AgentOptions(link, idleMillis);
    }

    private static @Nullable Path link(String value, Problems problems) {
        try {
            Path path = Path.of(value);
            if (path.isAbsolute()
                    && path.getParent() != null
                    && path.normalize().equals(path)) {
                return path;
            }
        } catch (InvalidPathException e) {
            problems.add("agent option link is no path: " + e.getMessage());
            return null;
        }
        problems.add("agent option link must be an absolute path without '..': '" + value + "'");
        return null;
    }

    private static long idleMillis(String value, Problems problems) {
        try {
            long millis = Long.parseLong(value);
            if (millis >= 1 && millis <= MAX_IDLE_MILLIS) {
                return millis;
            }
        } catch (NumberFormatException e) {
            // told below, like a number out of range
        }
        problems.add("agent option idle-millis must be 1 to " + MAX_IDLE_MILLIS + ": '" + value + "', took "
                + DEFAULT_IDLE_MILLIS);
        return DEFAULT_IDLE_MILLIS;
    }
}
