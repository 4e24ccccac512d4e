package dev.asyncinspect.cli.hang;

import dev.asyncinspect.model.Snapshot;
import java.time.Duration;
import java.util.Map;

/**
 * What was seen of a command at one moment.
 *
 * @param nanoTime when, by {@link System#nanoTime}
 * @param cpu processor time that each of its processes has used so far, by process id
 * @param jvms those of its JVMs that answered, by process id
 */
public record Look(long nanoTime, Map<Long, Duration> cpu, Map<Long, Snapshot> jvms) {

    public Look {
        cpu = Map.copyOf(cpu);
        jvms = Map.copyOf(jvms);
    }
}
