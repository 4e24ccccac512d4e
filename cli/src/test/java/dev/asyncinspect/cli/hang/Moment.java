package dev.asyncinspect.cli.hang;

import dev.asyncinspect.model.Completeness;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Source;
import dev.asyncinspect.model.StackTrace;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskKind;
import dev.asyncinspect.model.TaskState;
import dev.asyncinspect.model.ThreadAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One moment of a command with one JVM, 4711, told thread by thread. */
final class Moment {

    static final long PID = 4711;

    private final long second;
    private final List<Task> tasks = new ArrayList<>();
    private Duration cpu = Duration.ZERO;

    private Moment(long second) {
        this.second = second;
    }

    static Moment at(long second) {
        return new Moment(second);
    }

    /** A thread that is no daemon, with these frames, {@code Class.method:line}, innermost first. */
    Moment thread(String name, String... frames) {
        return thread(name, false, 0, frames);
    }

    Moment thread(String name, boolean daemon, long cpuMicros, String... frames) {
        ThreadAttributes thread = new ThreadAttributes(
                name.hashCode(), 1, "WAITING", daemon, cpuMicros * 1000, 1, null, ThreadAttributes.NONE);
        tasks.add(new Task(
                Math.abs((long) name.hashCode()),
                name,
                TaskKind.PLATFORM_THREAD,
                TaskState.RUNNING,
                StackTrace.of(Arrays.stream(frames).map(Moment::frame).toList()),
                null,
                thread));
        return this;
    }

    /** What the process has computed so far. */
    Moment used(Duration time) {
        cpu = time;
        return this;
    }

    Snapshot snapshot() {
        return new Snapshot(
                Instant.EPOCH.plusSeconds(second),
                new Source(Source.Distance.TEXT_DUMP, "pid " + PID, PID, null),
                tasks,
                List.of(),
                new Completeness(tasks.size(), tasks.size(), List.of(), false, 0));
    }

    Look look() {
        return new Look(Duration.ofSeconds(second).toNanos(), Map.of(PID, cpu), Map.of(PID, snapshot()));
    }

    private static Frame frame(String text) {
        String[] place = text.split(":");
        int dot = place[0].lastIndexOf('.');
        return new Frame(place[0].substring(0, dot), place[0].substring(dot + 1), "X.java", Integer.parseInt(place[1]));
    }
}
