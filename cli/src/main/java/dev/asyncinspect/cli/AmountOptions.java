package dev.asyncinspect.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much a recording that begins is to have. What is not said, the program has by its properties, environment or file. */
final class AmountOptions {

    /** As in the settings of the library. */
    enum Mode {
        PRODUCTION,
        DEVELOPMENT,
        DEBUG,
        CUSTOM
    }

    /** As the option is written. */
    enum Switch {
        ON,
        OFF
    }

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description =
                    "A choice of settings: production (one task in ten, 8 MB of last events, 1 %% of a"
                            + " processor), development (every task, 32 MB), debug (with --sites, 64 MB); custom begins as development.")
    @Nullable
    Mode mode;

    @Option(
            names = "--sample",
            paramLabel = "N",
            description = "Follow one task in N, each of them whole, and tell of the others only who holds what.")
    @Nullable
    Integer sample;

    @Option(
            names = "--max-tasks",
            paramLabel = "N",
            description = "Follow so many tasks at a time; those that begin when there are as many are not followed.")
    @Nullable
    Integer maxTasks;

    @Option(
            names = "--awaits",
            paramLabel = "on|off",
            description = "Whether to tell at what tasks wait (default: on). Without, nothing is found that waits.")
    @Nullable
    Switch awaits;

    @Option(
            names = "--overhead",
            paramLabel = "PART",
            description =
                    "Part of one processor that recording may take, 0.01 for 1 %%: with more, fewer tasks are followed,"
                            + " and later more again (default: any; 0.01 with --mode production).")
    @Nullable
    Double overhead;

    /** What is wrong with them; null if nothing is. */
    @Nullable
    String problem() {
        if (sample != null && sample < 1) {
            return "--sample must be 1 or more: " + sample;
        }
        if (overhead != null && !(overhead >= 0 && overhead <= 1)) {
            return "--overhead must be between 0 and 1 (0.01 is 1 % of one processor): " + overhead;
        }
        return maxTasks != null && maxTasks < 1 ? "--max-tasks must be 1 or more: " + maxTasks : null;
    }

    /** As options of the agent: {@code mode=production,sample=20}; empty if none is given. */
    String text() {
        List<String> given = new ArrayList<>();
        add(given, "mode", mode);
        add(given, "sample", sample);
        add(given, "max-tasks", maxTasks);
        add(given, "awaits", awaits);
        add(given, "overhead", overhead);
        return String.join(",", given);
    }

    private static void add(List<String> to, String name, @Nullable Object value) {
        if (value != null) {
            to.add(name + "=" + value.toString().toLowerCase(Locale.ROOT));
        }
    }
}
