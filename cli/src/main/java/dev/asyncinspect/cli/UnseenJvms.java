package dev.asyncinspect.cli;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** JVMs of a command that do not let themselves be looked at: each is told of once, when that has lasted. Used by one thread. */
final class UnseenJvms {

    private final Duration patience;
    private final Consumer<String> say;
    private final Map<Long, Long> since = new HashMap<>();
    private final Set<Long> told = new HashSet<>();

    /** Tells of those that cannot be looked at for so long: a JVM that starts or ends does not answer for a moment. */
    UnseenJvms(Duration patience, Consumer<String> say) {
        this.patience = patience;
        this.say = say;
    }

    /**
     * Takes in what is seen now.
     *
     * @param now nanoseconds of a clock that only goes forward
     * @param obstacles why not, by process id, of all that cannot be looked at
     */
    void look(long now, Map<Long, String> obstacles) {
        since.keySet().retainAll(obstacles.keySet());
        obstacles.forEach((pid, obstacle) -> {
            long begun = since.computeIfAbsent(pid, p -> now);
            if (now - begun >= patience.toNanos() && told.add(pid)) {
                say.accept("async-inspect: whether process " + pid + " hangs cannot be told: " + obstacle
                        + " (--limit ends it all the same)");
            }
        });
    }
}
