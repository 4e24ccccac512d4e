package dev.asyncinspect.core;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the configuration comes from. For each setting the first of these that has it counts:
 *
 * <ol>
 *   <li>what the program says: {@link Inspector#configure}
 *   <li>system properties: {@code -Dasync-inspect.sample=10}
 *   <li>the environment: {@code ASYNC_INSPECT_SAMPLE=10}
 *   <li>the file {@code async-inspect.properties} in the working folder, or the one that {@code async-inspect.config} or
 *       {@code ASYNC_INSPECT_CONFIG} names: {@code sample=10}
 *   <li>the settings of the mode
 * </ol>
 *
 * <p>Settings: {@code enabled}, {@code mode}, {@code sample}, {@code max-tasks}, {@code max-ended-tasks}, {@code max-event-bytes},
 * {@code awaits}, {@code sites}, {@code overhead}.
 */
final class Settings {

    /* A program must not fail because of a misspelt setting of a guest: what cannot be used is told in one line on standard error, and
     * counts as not set. */

    static final String PREFIX = "async-inspect.";
    static final String FILE = "async-inspect.properties";
    private static final Set<String> KEYS = Set.of(
            "enabled",
            "mode",
            "sample",
            "max-tasks",
            "max-ended-tasks",
            "max-event-bytes",
            "awaits",
            "sites",
            "overhead");

    private final List<Function<String, @Nullable String>> sources;
    private final List<String> problems;

    private Settings(List<Function<String, @Nullable String>> sources, List<String> problems) {
        this.sources = sources;
        this.problems = problems;
    }

    static Configuration read() {
        List<String> problems = new ArrayList<>();
        Configuration configuration = read(
                key -> System.getProperty(PREFIX + key),
                key -> System.getenv(variable(key)),
                file(named(System::getProperty, System::getenv), problems),
                problems);
        problems.forEach(problem -> System.err.println("async-inspect: " + problem));
        return configuration;
    }

    static Configuration read(
            Function<String, @Nullable String> properties,
            Function<String, @Nullable String> environment,
            Function<String, @Nullable String> file,
            List<String> problems) {
        return new Settings(List.of(properties, environment, file), problems).configuration();
    }

    static String variable(String key) {
        return "ASYNC_INSPECT_" + key.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** The file that somebody names; null for the one in the working folder, which need not be there. */
    static @Nullable String named(
            Function<String, @Nullable String> properties, Function<String, @Nullable String> environment) {
        String property = properties.apply(PREFIX + "config");
        return property != null ? property : environment.apply(variable("config"));
    }

    static Function<String, @Nullable String> file(@Nullable String named, List<String> problems) {
        Properties read = new Properties();
        String name = named == null ? FILE : named;
        try {
            Path path = Path.of(name);
            if (named != null || Files.isRegularFile(path)) {
                try (Reader in = Files.newBufferedReader(path)) {
                    read.load(in);
                }
            }
        } catch (NoSuchFileException e) {
            problems.add("cannot read " + name + ": there is no such file");
        } catch (IOException | IllegalArgumentException e) {
            problems.add("cannot read " + name + ": " + e.getMessage());
        }
        read.stringPropertyNames().stream()
                .filter(key -> !KEYS.contains(key))
                .sorted()
                .forEach(key -> problems.add("there is no setting " + key + ", in " + name + "; passed over"));
        return read::getProperty;
    }

    private Configuration configuration() {
        Configuration base = Configuration.of(mode());
        return new Configuration(
                truth("enabled", base.enabled()),
                base.mode(),
                (int) number("sample", base.sampleOneIn(), 1, Integer.MAX_VALUE),
                (int) number("max-tasks", base.maxLiveTasks(), 1, Integer.MAX_VALUE),
                (int) number("max-ended-tasks", base.maxEndedTasks(), 0, Integer.MAX_VALUE),
                number("max-event-bytes", base.maxEventBytes(), 0, Long.MAX_VALUE),
                truth("awaits", base.trackAwaits()),
                truth("sites", base.creationSites()),
                part("overhead", base.overheadBudget()));
    }

    private Mode mode() {
        String value = value("mode");
        if (value == null) {
            return Mode.DEVELOPMENT;
        }
        for (Mode mode : Mode.values()) {
            if (mode.name().equalsIgnoreCase(value)) {
                return mode;
            }
        }
        return wrong("mode", value, "production, development, debug or custom", Mode.DEVELOPMENT);
    }

    private boolean truth(String key, boolean otherwise) {
        String value = value(key);
        if (value == null) {
            return otherwise;
        }
        if (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")) {
            return Boolean.parseBoolean(value);
        }
        return wrong(key, value, "true or false", otherwise);
    }

    private long number(String key, long otherwise, long least, long most) {
        String value = value(key);
        if (value == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, with what is possible
        }
        return wrong(key, value, "a whole number from " + least + " to " + most, otherwise);
    }

    private double part(String key, double otherwise) {
        String value = value(key);
        if (value == null) {
            return otherwise;
        }
        try {
            double part = Double.parseDouble(value);
            if (part >= 0 && part <= 1) {
                return part;
            }
        } catch (NumberFormatException e) {
            // told below, with what is possible
        }
        return wrong(key, value, "a number from 0 to 1", otherwise);
    }

    private <T> T wrong(String key, String value, String possible, T otherwise) {
        problems.add("the setting " + key + " must be " + possible + ": " + value + "; taken as not set");
        return otherwise;
    }

    private @Nullable String value(String key) {
        for (Function<String, @Nullable String> source : sources) {
            String value = source.apply(key);
            if (value != null) {
                return value.trim();
            }
        }
        return null;
    }
}
