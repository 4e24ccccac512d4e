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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** All hooks for the JDK that runs us. */
public final class JdkHooks {

    static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    private JdkHooks() {}

    /**
     * Hooks that tell this recorder.
     *
     * @param instrumentation opens the packages of the JDK that are read
     * @param extras what was asked for beyond the usual
     */
    public static List<Hook> of(Recorder recorder, Instrumentation instrumentation, Extras extras) {
        return of(recorder, instrumentation, extras, type -> false);
    }

    /**
     * Hooks that tell this recorder.
     *
     * @param instrumentation opens the packages of the JDK that are read
     * @param extras what was asked for beyond the usual
     * @param told whether objects of this class are tasks that the program itself tells this recorder of
     */
    public static List<Hook> of(
            Recorder recorder, Instrumentation instrumentation, Extras extras, Predicate<Class<?>> told) {
        Insides.open(instrumentation);
        return all(recorder, extras, told);
    }

    /**
     * Runs all that hooks do, for a recorder that nobody reads: what they need is loaded then. After {@link #of}, and before the first hook is
     * live.
     *
     * @param extras what was asked for beyond the usual
     * @param told whether objects of this class are tasks that the program itself tells a recorder of
     */
    public static void rehearse(Extras extras, Predicate<Class<?>> told) {
        Recorder unread = Recorder.createForNobody();
        unread.turn(true);
        Rehearsal.of(all(unread, extras, told));
    }

    private static List<Hook> all(Recorder recorder, Extras extras, Predicate<Class<?>> told) {
        int feature = Runtime.version().feature();
        FailedThreads failed = new FailedThreads(recorder);
        TaskCode code = new TaskCode(recorder, told);
        Creations creations = new Creations(recorder, extras);
        Stages stages = new Stages(recorder, code, creations, failed);
        AwaitedFutures futures = new AwaitedFutures(recorder, stages);
        HandedTasks tasks = new HandedTasks(recorder, code, creations, failed, futures);
        Joins joins = new Joins(recorder);
        SharedHolds holds = new SharedHolds(recorder, joins, extras.locks());
        List<Hook> hooks = new ArrayList<>(new ThreadWeaving(recorder, code, creations, failed).hooks());
        hooks.addAll(new NameWeaving(recorder).hooks());
        Awaits awaits = new Awaits(recorder);
        hooks.addAll(new ParkWeaving(awaits, holds).hooks(feature));
        hooks.addAll(new MonitorWaitWeaving(recorder, awaits, holds).hooks(feature));
        hooks.addAll(new SocketWeaving(awaits).hooks(feature));
        hooks.addAll(new CallWeaving(recorder, awaits, holds, stages, futures, failed).hooks(feature));
        Pools pools = new Pools(recorder, holds.numbers());
        hooks.addAll(new ThreadPoolWeaving(tasks, stages, pools).hooks());
        hooks.addAll(new ForkJoinWeaving(new ForkedTasks(recorder, tasks, stages, pools)).hooks(feature));
        hooks.addAll(new SharedHoldsWeaving(holds).hooks());
        hooks.addAll(new SignalWeaving(holds).hooks());
        if (extras.locks()) {
            hooks.addAll(new LockWeaving(holds).hooks());
        }
        hooks.addAll(new FutureWeaving(tasks, failed).hooks());
        hooks.addAll(new StageWeaving(recorder, stages).hooks());
        hooks.addAll(new FutureAwaitWeaving(
                        recorder, awaits, futures, tasks, new BoundFutures(recorder, code, holds.numbers()))
                .hooks());
        if (feature >= FIRST_WITH_VIRTUAL_THREADS) {
            hooks.addAll(new VirtualThreadWeaving(recorder, code, creations, failed, holds, joins).hooks(feature));
            if (extras.context()) {
                hooks.addAll(new ScopedValueWeaving(recorder).hooks());
            }
        }
        return hooks;
    }

    /** The code that these hooks were tested with: {@code name fingerprint}, one for each JDK. */
    public static Set<String> tested() {
        try (InputStream stream = JdkHooks.class.getResourceAsStream("tested-code.txt")) {
            if (stream == null) {
                return Set.of();
            }
            Set<String> lines = new HashSet<>();
            BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isEmpty() && !line.startsWith("#")) {
                    lines.add(line);
                }
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
