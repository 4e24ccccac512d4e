package dev.asyncinspect.integrations.jdk;

import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.weaving.Hook;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** All hooks for the JDK that runs us. */
public final class JdkHooks {

    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    private JdkHooks() {}

    /**
     * Hooks that tell this recorder.
     *
     * @param instrumentation opens the packages of the JDK that are read
     */
    public static List<Hook> of(Recorder recorder, Instrumentation instrumentation) {
        return of(recorder, instrumentation, type -> false);
    }

    /**
     * Hooks that tell this recorder.
     *
     * @param instrumentation opens the packages of the JDK that are read
     * @param told whether objects of this class are tasks that the program itself tells this recorder of
     */
    public static List<Hook> of(Recorder recorder, Instrumentation instrumentation, Predicate<Class<?>> told) {
        Insides.open(instrumentation);
        Rehearsal.of(all(Recorder.create(), told));
        return all(recorder, told);
    }

    private static List<Hook> all(Recorder recorder, Predicate<Class<?>> told) {
        int feature = Runtime.version().feature();
        FailedThreads failed = new FailedThreads(recorder);
        TaskCode code = new TaskCode(recorder, told);
        HandedTasks tasks = new HandedTasks(recorder, code, failed);
        SharedHolds holds = new SharedHolds(recorder);
        List<Hook> hooks = new ArrayList<>(new ThreadWeaving(recorder, failed).hooks());
        hooks.addAll(new NameWeaving(recorder).hooks());
        hooks.addAll(new ParkWeaving(recorder, holds).hooks(feature));
        hooks.addAll(new ThreadPoolWeaving(tasks).hooks());
        hooks.addAll(new ForkJoinWeaving(new ForkedTasks(recorder, tasks)).hooks(feature));
        hooks.addAll(new SharedHoldsWeaving(holds).hooks());
        hooks.addAll(new SignalWeaving(holds).hooks());
        hooks.addAll(new FutureWeaving(tasks, failed).hooks());
        hooks.addAll(new StageWeaving(recorder, new Stages(recorder, code, failed)).hooks());
        if (feature >= FIRST_WITH_VIRTUAL_THREADS) {
            hooks.addAll(new VirtualThreadWeaving(recorder, code, failed).hooks(feature));
        }
        return hooks;
    }

    /** The code that these hooks were tested with: {@code name fingerprint}, one for each JDK. */
    public static Set<String> tested() {
        try (InputStream stream = JdkHooks.class.getResourceAsStream("tested-code.txt")) {
            if (stream == null) {
                return Set.of();
            }
            return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
