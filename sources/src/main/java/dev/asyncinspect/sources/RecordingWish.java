package dev.asyncinspect.sources;

import dev.asyncinspect.core.wire.Hello;
import dev.asyncinspect.core.wire.RecordingMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * What a recording is to have beyond the usual. It costs some microseconds each time, so it is for who asks.
 *
 * @param sites the lines that submit tasks
 * @param locks who takes locks, in which order and where
 * @param context which keys are put into logging contexts
 * @param settings how much is recorded, as options of the agent: {@code mode=production,sample=20}; empty for what the JVM has anyhow
 */
public record RecordingWish(boolean sites, boolean locks, boolean context, String settings) {

    /** The same without settings. */
    public RecordingWish(boolean sites, boolean locks, boolean context) {
        this(sites, locks, context, "");
    }

    /** Nothing beyond the usual. */
    public static final RecordingWish USUAL = new RecordingWish(false, false, false);

    boolean isUsual() {
        return !sites && !locks && !context && settings.isEmpty();
    }

    RecordingMessage.Control order() {
        return new RecordingMessage.Control(true, sites, locks, context, settings);
    }

    /** The options whose wish an agent with these capabilities cannot fulfil. */
    List<String> beyond(List<String> capabilities) {
        List<String> options = new ArrayList<>();
        if (sites && !capabilities.contains(Hello.RECORD_SITES)) {
            options.add("--sites");
        }
        if (locks && !capabilities.contains(Hello.RECORD_LOCKS)) {
            options.add("--locks");
        }
        if (context && !capabilities.contains(Hello.RECORD_CONTEXT)) {
            options.add("--context");
        }
        if (!settings.isEmpty() && !capabilities.contains(Hello.RECORD_SETTINGS)) {
            options.add("--mode, --sample, --max-tasks, --awaits and --overhead");
        }
        return options;
    }
}
