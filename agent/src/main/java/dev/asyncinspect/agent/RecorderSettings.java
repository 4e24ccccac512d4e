package dev.asyncinspect.agent;

import dev.asyncinspect.core.Configuration;
import dev.asyncinspect.core.EffectiveSetting;
import dev.asyncinspect.core.Mode;
import dev.asyncinspect.core.fold.Selection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much is recorded, as options of the agent say; else as the settings of the library do, which come from system properties, the
 * environment and a file.
 *
 * @param given values that are usable, by the name of the setting
 */
record RecorderSettings(Map<String, String> given) {

    static final RecorderSettings NONE = new RecorderSettings(Map.of());

    private static final String MODE = "mode";
    private static final String SAMPLE = "sample";
    private static final String MAX_TASKS = "max-tasks";
    private static final String AWAITS = "awaits";
    private static final String OVERHEAD = "overhead";

    RecorderSettings {
        given = Map.copyOf(given);
    }

    /** Those of an order: {@code mode=production,sample=20}. */
    static RecorderSettings parse(String text, Problems problems) {
        RecorderSettings settings = NONE;
        for (String option : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            int equals = Math.max(0, option.indexOf('='));
            settings = settings.with(
                    option.substring(0, equals), option.substring(Math.min(option.length(), equals + 1)), problems);
        }
        return settings;
    }

    /** The same with one more; what cannot be used is told and passed over. */
    RecorderSettings with(String key, String value, Problems problems) {
        @Nullable
        String wanted = switch (key) {
            case MODE -> mode(value) == null ? "production, development, debug or custom" : null;
            case AWAITS -> truth(value) == null ? "on or off" : null;
            case OVERHEAD -> part(value) < 0 ? "a part of one processor from 0 (any) to 1, 0.01 for 1 %" : null;
            case SAMPLE, MAX_TASKS -> number(value) == 0 ? "a whole number from 1 to " + Integer.MAX_VALUE : null;
            default -> "known";
        };
        if (wanted != null) {
            problems.add("agent option " + key + " must be " + wanted + ": '" + value + "', passed over");
            return this;
        }
        Map<String, String> more = new HashMap<>(given);
        more.put(key, value);
        return new RecorderSettings(more);
    }

    /** These, and those of an order in which it is more than these. */
    RecorderSettings and(RecorderSettings order) {
        Map<String, String> all = new HashMap<>(given);
        all.putAll(order.given);
        return new RecorderSettings(all);
    }

    /** What to record, if the settings of the library are these. */
    Resolved resolve(List<EffectiveSetting> outside) {
        Map<String, String> all = new HashMap<>();
        for (EffectiveSetting setting : outside) {
            if (setting.isGiven()) {
                all.put(setting.name(), setting.value());
            }
        }
        all.putAll(given);
        Mode mode = mode(all.getOrDefault(MODE, ""));
        Configuration base = Configuration.of(mode == null ? Mode.DEVELOPMENT : mode);
        int sample = number(all.getOrDefault(SAMPLE, ""));
        int most = number(all.getOrDefault(MAX_TASKS, ""));
        Selection selection = new Selection(
                sample == 0 ? base.sampleOneIn() : sample,
                most == 0 ? Selection.ANY_NUMBER : most,
                !Boolean.FALSE.equals(truth(all.getOrDefault(AWAITS, ""))));
        double budget = part(all.getOrDefault(OVERHEAD, ""));
        String sites = all.get("sites");
        String bytes = all.get("max-event-bytes");
        return new Resolved(
                base.mode().name().toLowerCase(Locale.ROOT),
                selection,
                budget < 0 ? base.overheadBudget() : budget,
                sites == null ? base.creationSites() : Boolean.parseBoolean(sites),
                bytes != null ? Long.parseLong(bytes) : mode == null ? 0 : base.maxEventBytes());
    }

    /**
     * What comes of all settings.
     *
     * @param mode the mode that was chosen
     * @param selection what is kept
     * @param budget part of one processor that recording may take, 0 for any
     * @param sites whether lines are recorded
     * @param eventBytes memory for events, 0 if nobody says
     */
    record Resolved(String mode, Selection selection, double budget, boolean sites, long eventBytes) {}

    private static @Nullable Mode mode(String value) {
        for (Mode mode : Mode.values()) {
            if (mode.name().equalsIgnoreCase(value)) {
                return mode;
            }
        }
        return null;
    }

    private static @Nullable Boolean truth(String value) {
        return switch (value) {
            case "on", "true" -> true;
            case "off", "false" -> false;
            default -> null;
        };
    }

    /** Negative if it is none from 0 to 1. */
    private static double part(String value) {
        try {
            double part = Double.parseDouble(value);
            return part >= 0 && part <= 1 ? part : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** 0 if it is no number from 1 on. */
    private static int number(String value) {
        try {
            return Math.max(0, Integer.parseInt(value));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
