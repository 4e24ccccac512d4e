package dev.asyncinspect.agent;

import dev.asyncinspect.agent.recording.Recording;
import dev.asyncinspect.agent.recording.RecordingPlan;
import dev.asyncinspect.core.EffectiveSetting;
import dev.asyncinspect.core.wire.RecordingMessage;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the agent is told when it is loaded: {@code link=PATH,idle-millis=N,record,memory-mb=N,to=FILE,sites,locks,context}, and
 * {@code mode=M,sample=N,max-tasks=N,awaits=on,overhead=0.01}.
 *
 * @param link absolute path of the socket to serve; null, which it can be with {@code record}, for where clients look
 * @param idleMillis how long to stay without a client; while it records it stays
 * @param record whether to record from the beginning
 * @param memoryMegabytes how much memory recorded events may take, 0 if it is not said
 * @param to file that is recorded to as well, null for none
 * @param sites whether to record the line that submits a task
 * @param locks whether to record who takes locks, and where
 * @param context whether to record which keys are put into logging contexts
 * @param settings how much to record
 */
record AgentOptions(
        @Nullable Path link,
        long idleMillis,
        boolean record,
        int memoryMegabytes,
        @Nullable Path to,
        boolean sites,
        boolean locks,
        boolean context,
        RecorderSettings settings) {

    static final long DEFAULT_IDLE_MILLIS = 10_000;

    private static final long MAX_IDLE_MILLIS = 3_600_000;

    private static final int MAX_MEGABYTES = 1024;

    private static final int MEGABYTE_LOG = 20;

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
        long megabytes = 0;
        Path to = null;
        boolean sites = false;
        boolean locks = false;
        boolean context = false;
        RecorderSettings settings = RecorderSettings.NONE;
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
                case "mode", "sample", "max-tasks", "awaits", "overhead" ->
                    settings = settings.with(key, value, problems);
                case "to" -> to = path(key, absolute(value), problems);
                case "memory-mb" ->
                    megabytes = number(key, value, MAX_MEGABYTES, Recording.DEFAULT_MEGABYTES, problems);
                default ->
                    problems.add("unknown agent option '" + option
                            + "': known are link, idle-millis, record, memory-mb, to, sites, locks, context, mode, sample,"
                            + " max-tasks, awaits and overhead");
            }
        }
        return link == null && !record
                ? null
                : new AgentOptions(link, idleMillis, record, (int) megabytes, to, sites, locks, context, settings);
    }

    /** What to record, as these options say and, where they say nothing, the settings of the library; what those have wrong is told. */
    RecordingPlan plan(Problems problems) {
        return plan(new RecordingMessage.Control(true), problems);
    }

    /** The same with what an order has beyond that. */
    RecordingPlan plan(RecordingMessage.Control order, Problems problems) {
        List<String> wrong = new ArrayList<>();
        List<EffectiveSetting> outside = EffectiveSetting.isAnyGiven() ? EffectiveSetting.all(wrong) : List.of();
        RecorderSettings.Resolved resolved =
                settings.and(RecorderSettings.parse(order.settings(), problems)).resolve(outside);
        wrong.forEach(problems::add);
        long bytes = memoryMegabytes > 0
                ? (long) memoryMegabytes << MEGABYTE_LOG
                : resolved.eventBytes() > 0
                        ? resolved.eventBytes()
                        : (long) Recording.DEFAULT_MEGABYTES << MEGABYTE_LOG;
        return new RecordingPlan(
                Math.min(bytes, (long) MAX_MEGABYTES << MEGABYTE_LOG),
                sites || order.sites() || resolved.sites(),
                locks || order.locks(),
                context || order.context(),
                resolved.selection(),
                resolved.budget(),
                resolved.mode());
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
