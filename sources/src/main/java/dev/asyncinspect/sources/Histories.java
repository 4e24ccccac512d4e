package dev.asyncinspect.sources;

import dev.asyncinspect.model.Gap;
import dev.asyncinspect.model.History;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Source;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.ThreadAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Sorts dumps into histories: those of one JVM, of one form, in the order in which they were taken. */
final class Histories {

    /*
     * Dumps are of one JVM if they name the same process and version, or, where a process is not named, if most of the
     * smaller one's platform threads are in the other with the same number, name and, in text, native id. Dumps of another
     * form are a history of their own: what the one does not show must not count as gone.
     */

    private static final double MOST = 0.8;

    private final List<List<Snapshot>> groups = new ArrayList<>();

    void add(Snapshot snapshot) {
        for (List<Snapshot> group : groups) {
            if (isSameJvm(group.get(0), snapshot)) {
                group.add(snapshot);
                return;
            }
        }
        groups.add(new ArrayList<>(List.of(snapshot)));
    }

    /** The histories; what could not be read may have belonged to any of them. */
    List<History> lacking(List<Gap> gaps) {
        List<History> histories = new ArrayList<>();
        for (List<Snapshot> group : groups) {
            group.sort(Comparator.comparing(snapshot -> snapshot.takenAt() == null ? Instant.MAX : snapshot.takenAt()));
            if (!gaps.isEmpty()) {
                int last = group.size() - 1;
                Snapshot latest = group.get(last);
                group.set(last, latest.withCompleteness(latest.completeness().lacking(gaps)));
            }
            histories.add(new History(group));
        }
        return histories;
    }

    private static boolean isSameJvm(Snapshot one, Snapshot other) {
        Source here = one.source();
        Source there = other.source();
        if (here.distance() != there.distance() || !Objects.equals(here.jvmVersion(), there.jvmVersion())) {
            return false;
        }
        boolean named = here.pid() != ThreadAttributes.NONE && there.pid() != ThreadAttributes.NONE;
        if (named && here.pid() != there.pid()) {
            return false;
        }
        Set<String> threadsHere = threads(one);
        Set<String> threadsThere = threads(other);
        int smaller = Math.min(threadsHere.size(), threadsThere.size());
        threadsHere.retainAll(threadsThere);
        return smaller > 0 && threadsHere.size() >= smaller * MOST;
    }

    private static Set<String> threads(Snapshot snapshot) {
        Set<String> threads = new HashSet<>();
        for (Task task : snapshot.tasks()) {
            ThreadAttributes thread = task.thread();
            if (thread != null && thread.carrierId() == ThreadAttributes.NONE) {
                threads.add(task.id() + " " + thread.nativeId() + " " + task.name());
            }
        }
        return threads;
    }
}
