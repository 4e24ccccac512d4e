package dev.asyncinspect.cli;

import dev.asyncinspect.sources.JvmProcess;
import dev.asyncinspect.sources.SourceException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The JVMs to watch: all, or those of a name, or one and those that come in its place once it has ended. */
final class WatchTargets {

    private final Observations observations;
    private final Predicate<String> names;
    private final Consumer<String> say;

    /** The JVM that was named by its process id, or the one that came in its place. */
    private @Nullable JvmProcess followed;

    private boolean gone;
    private int watched = -1;
    private final Map<Long, String> obstacles = new HashMap<>();

    private WatchTargets(Observations observations, Predicate<String> names, Consumer<String> say) {
        this.observations = observations;
        this.names = names;
        this.say = say;
    }

    /** All JVMs of this machine that can be looked at, now and later. */
    static WatchTargets all(Observations observations, Consumer<String> say) {
        return new WatchTargets(observations, name -> true, say);
    }

    /**
     * The JVM of this process id, or all whose main class contains this name, now and later.
     *
     * @throws SourceException if there is no JVM with this process id
     */
    static WatchTargets of(Observations observations, String pidOrName, Consumer<String> say) throws SourceException {
        if (!pidOrName.chars().allMatch(Character::isDigit)) {
            return new WatchTargets(observations, NamePattern.of(pidOrName), say);
        }
        WatchTargets targets = new WatchTargets(observations, name -> false, say);
        long pid = observations.find(pidOrName).pid();
        for (JvmProcess jvm : observations.jvms()) {
            if (jvm.pid() == pid) {
                targets.followed = jvm;
                say.accept("watching process " + pid + ", " + Labels.program(jvm));
            }
        }
        return targets;
    }

    /** Those that are there now and can be looked at. */
    List<JvmProcess> now() {
        Map<Long, JvmProcess> there = new LinkedHashMap<>();
        observations.jvms().forEach(jvm -> there.put(jvm.pid(), jvm));
        List<JvmProcess> wanted = followed == null
                ? there.values().stream()
                        .filter(jvm -> names.test(jvm.mainClass()))
                        .toList()
                : followed(followed, there);
        if (followed == null && wanted.size() != watched) {
            watched = wanted.size();
            say.accept("watching " + Labels.count(watched, "JVM"));
        }
        obstacles.keySet().retainAll(there.keySet());
        return wanted.stream().filter(this::isOpen).toList();
    }

    private List<JvmProcess> followed(JvmProcess before, Map<Long, JvmProcess> there) {
        JvmProcess same = there.get(before.pid());
        if (same != null && same.mainClass().equals(before.mainClass())) {
            return List.of(same);
        }
        if (!gone) {
            gone = true;
            say.accept("process " + before.pid() + " has ended; waiting for another of " + Labels.program(before));
        }
        for (JvmProcess other : there.values()) {
            if (!before.mainClass().isEmpty() && other.mainClass().equals(before.mainClass())) {
                gone = false;
                followed = other;
                say.accept("watching process " + other.pid() + ", " + Labels.program(other) + ", in its place");
                return List.of(other);
            }
        }
        return List.of();
    }

    /** One that cannot be looked at is told of when it is met for the second time: it may just be starting. */
    private boolean isOpen(JvmProcess jvm) {
        String obstacle = jvm.obstacle();
        if (obstacle == null) {
            obstacles.remove(jvm.pid());
            return true;
        }
        String before = obstacles.get(jvm.pid());
        if (before == null) {
            obstacles.put(jvm.pid(), "");
        } else if (!before.equals(obstacle)) {
            obstacles.put(jvm.pid(), obstacle);
            say.accept("cannot look at process " + jvm.pid() + ": " + obstacle);
        }
        return false;
    }
}
