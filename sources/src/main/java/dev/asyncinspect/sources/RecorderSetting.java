package dev.asyncinspect.sources;

import dev.asyncinspect.core.EffectiveSetting;
import java.util.ArrayList;
import java.util.List;

/**
 * A setting of the recorder, as a program that is started in this folder and environment would have it.
 *
 * @param name its name
 * @param value its value
 * @param origin where the value comes from
 */
public record RecorderSetting(String name, String value, String origin) {

    /**
     * What a program would record with.
     *
     * @param settings all settings
     * @param problems settings that cannot be used, a line each
     */
    public record Effective(List<RecorderSetting> settings, List<String> problems) {}

    /** The settings of here and now. */
    public static Effective effective() {
        List<String> problems = new ArrayList<>();
        List<RecorderSetting> settings = EffectiveSetting.all(problems).stream()
                .map(one -> new RecorderSetting(one.name(), one.value(), one.origin()))
                .toList();
        return new Effective(settings, List.copyOf(problems));
    }
}
