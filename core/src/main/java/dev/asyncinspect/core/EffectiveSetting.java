package dev.asyncinspect.core;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One setting of the recorder, as a program that is started here and now would have it.
 *
 * @param name its name, such as {@code sample}
 * @param value its value
 * @param origin where the value comes from
 */
public record EffectiveSetting(String name, String value, String origin) {

    private static final String DEFAULT = "default";
    private static final String OF_MODE = "mode ";
    private static final String VARIABLES = "ASYNC_INSPECT_";

    /** Whether there is anything that may give a setting: quicker than to ask for all, for who begins with the program. */
    public static boolean isAnyGiven() {
        return isAnyGiven(
                System.getProperties().stringPropertyNames(),
                System.getenv().keySet(),
                Files.isRegularFile(Path.of(Settings.FILE)));
    }

    static boolean isAnyGiven(Set<String> properties, Set<String> variables, boolean isFileThere) {
        for (String name : properties) {
            if (name.startsWith(Settings.PREFIX)) {
                return true;
            }
        }
        for (String name : variables) {
            if (name.startsWith(VARIABLES)) {
                return true;
            }
        }
        return isFileThere;
    }

    /** All settings; what cannot be used is told in {@code problems}, a line each. */
    public static List<EffectiveSetting> all(List<String> problems) {
        return all(System::getProperty, System.getenv(), problems);
    }

    /** Whether somebody gave it, and it is not what a mode has. */
    public boolean isGiven() {
        return !origin.equals(DEFAULT) && !origin.startsWith(OF_MODE);
    }

    static List<EffectiveSetting> all(
            Function<String, @Nullable String> properties, Map<String, String> environment, List<String> problems) {
        String named = Settings.named(properties, environment::get);
        String name = named == null ? Settings.FILE : named;
        Function<String, @Nullable String> file = Settings.file(named, problems);
        Function<String, @Nullable String> property = key -> properties.apply(Settings.PREFIX + key);
        Function<String, @Nullable String> variable = key -> environment.get(Settings.variable(key));
        Configuration chosen = Settings.read(property, variable, file, problems);
        String mode = OF_MODE + lower(chosen.mode());
        List<EffectiveSetting> all = new ArrayList<>();
        values(chosen).forEach((key, value) -> {
            String given = property.apply(key) != null
                    ? "system property " + Settings.PREFIX + key
                    : variable.apply(key) != null
                            ? "environment " + Settings.variable(key)
                            : file.apply(key) != null ? "file " + Path.of(name) : "";
            boolean unusable = problems.stream().anyMatch(problem -> problem.startsWith("the setting " + key + " "));
            String otherwise = key.equals("mode") ? DEFAULT : mode;
            all.add(new EffectiveSetting(key, value, given.isEmpty() || unusable ? otherwise : given));
        });
        return all;
    }

    private static Map<String, String> values(Configuration chosen) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("enabled", String.valueOf(chosen.enabled()));
        values.put("mode", lower(chosen.mode()));
        values.put("sample", String.valueOf(chosen.sampleOneIn()));
        values.put("max-tasks", String.valueOf(chosen.maxLiveTasks()));
        values.put("max-ended-tasks", String.valueOf(chosen.maxEndedTasks()));
        values.put("max-event-bytes", String.valueOf(chosen.maxEventBytes()));
        values.put("awaits", String.valueOf(chosen.trackAwaits()));
        values.put("sites", String.valueOf(chosen.creationSites()));
        values.put("overhead", String.valueOf(chosen.overheadBudget()));
        return values;
    }

    private static String lower(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
