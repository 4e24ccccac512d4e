package dev.asyncinspect.sources;

import dev.asyncinspect.model.Gap;
import dev.asyncinspect.model.History;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Source;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.ThreadAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Sorts dumps into histories: those of one JVM, of one form or joined, in the order in which they were taken. */
final class Histories {

    /*
     * Dumps are of one JVM if they name the same process and version, or, where a process is not named, if most of the
     * smaller one's platform threads are in the other with the same number, name and, in text, native id. Dumps of another
     * form are a history of their own, for what the one does not show must not count as gone; unless there is a dump of each
     * form for every moment: then they are joined pair by pair.
     */

    private static final double MOST = 0.8;
    private static final Duration SAME_MOMENT = Duration.ofSeconds(5);
    private static final Duration ZONE_STEP = Duration.ofMinutes(15);

    private final List<List<Snapshot>> groups = new ArrayList<>();
    private final List<History> recorded = new ArrayList<>();

    /** A recording is a history of its own. */
    void add(History recording) {
        recorded.add(recording);
    }

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
        for (List<Snapshot> group : groups) {
            group.sort(Comparator.comparing(snapshot -> snapshot.takenAt() == null ? Instant.MAX : snapshot.takenAt()));
        }
        join();
        List<History> histories = new ArrayList<>();
        for (List<Snapshot> group : groups) {
            if (!gaps.isEmpty()) {
                int last = group.size() - 1;
                Snapshot latest = group.get(last);
                group.set(last, latest.withCompleteness(latest.completeness().lacking(gaps)));
            }
            histories.add(new History(group));
        }
        for (History recording : recorded) {
            histories.add(gaps.isEmpty() ? recording : lacking(recording, gaps));
        }
        return histories;
    }

    private static History lacking(History recording, List<Gap> gaps) {
        Snapshot end = recording.latest();
        return new History(List.of(end.withCompleteness(end.completeness().lacking(gaps))), recording.recording());
    }

    private void join() {
        for (List<Snapshot> texts : List.copyOf(groups)) {
            for (List<Snapshot> closer : List.copyOf(groups)) {
                if (isOf(texts, Source.Distance.TEXT_DUMP)
                        && isOf(closer, Source.Distance.JSON_DUMP)
                        && areOfTheSameMoments(texts, closer)) {
                    for (int i = 0; i < texts.size(); i++) {
                        texts.set(i, SnapshotJoin.of(texts.get(i), asJoined(closer.get(i), texts.get(i))));
                    }
                    groups.remove(closer);
                }
            }
        }
    }

    private static boolean isOf(List<Snapshot> group, Source.Distance distance) {
        return group.get(0).source().distance() == distance;
    }

    private static boolean areOfTheSameMoments(List<Snapshot> texts, List<Snapshot> closer) {
        boolean same = texts.size() == closer.size();
        for (int i = 0; i < texts.size() && same; i++) {
            same = atNearlyTheSameTime(texts.get(i), closer.get(i)) && areOfOneJvm(texts.get(i), closer.get(i), false);
        }
        return same;
    }

    /** A text tells its time in a zone that it does not name; zones are whole quarters of an hour apart. */
    private static boolean atNearlyTheSameTime(Snapshot text, Snapshot closer) {
        if (text.takenAt() == null || closer.takenAt() == null) {
            return false;
        }
        long apart = Duration.between(text.takenAt(), closer.takenAt()).abs().toMillis() % ZONE_STEP.toMillis();
        return Math.min(apart, ZONE_STEP.toMillis() - apart) <= SAME_MOMENT.toMillis();
    }

    private static Snapshot asJoined(Snapshot closer, Snapshot text) {
        Source source = closer.source();
        return closer.withSource(new Source(
                Source.Distance.JOINED_DUMPS,
                text.source().description() + " and " + source.description(),
                source.pid(),
                source.jvmVersion()));
    }

    private static boolean isSameJvm(Snapshot one, Snapshot other) {
        return one.source().distance() == other.source().distance() && areOfOneJvm(one, other, true);
    }

    private static boolean areOfOneJvm(Snapshot one, Snapshot other, boolean withNativeIds) {
        Source here = one.source();
        Source there = other.source();
        if (!Objects.equals(here.jvmVersion(), there.jvmVersion())) {
            return false;
        }
        boolean named = here.pid() != ThreadAttributes.NONE && there.pid() != ThreadAttributes.NONE;
        if (named && here.pid() != there.pid()) {
            return false;
        }
        Set<String> threadsHere = threads(one, withNativeIds);
        Set<String> threadsThere = threads(other, withNativeIds);
        int smaller = Math.min(threadsHere.size(), threadsThere.size());
        threadsHere.retainAll(threadsThere);
        return smaller > 0 && threadsHere.size() >= smaller * MOST;
    }

    private static Set<String> threads(Snapshot snapshot, boolean withNativeIds) {
        Set<String> threads = new HashSet<>();
        for (Task task : snapshot.tasks()) {
            ThreadAttributes thread = task.thread();
            if (thread != null && thread.carrierId() == ThreadAttributes.NONE) {
                threads.add(task.id() + " " + (withNativeIds ? thread.nativeId() : "") + " " + task.name());
            }
        }
        return threads;
    }
}
