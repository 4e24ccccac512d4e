package dev.asyncinspect.model;

import dev.asyncinspect.core.TaskInfo;
import dev.asyncinspect.core.fold.TaskFold;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The histories of all tasks, as they grow. */
final class Tracks {

    private final TaskFold fold;
    private final Map<Long, Track> tracks = new LinkedHashMap<>();
    /** The same few places come up again and again. */
    private final Map<String, CodeSite> sites = new HashMap<>();

    private long base;
    private long episodes;

    Tracks(TaskFold fold) {
        this.fold = fold;
    }

    void beginAt(long nanos) {
        base = nanos;
    }

    /** Takes in what the fold says of this task now. */
    @Nullable
    Track look(long taskId, long nanos) {
        TaskInfo info = fold.task(taskId, nanos);
        Track track = tracks.get(taskId);
        if (info == null) {
            if (track != null) {
                track.lost(nanos - base);
            }
            return track;
        }
        if (track == null) {
            track = new Track(info, base, this::site);
            tracks.put(taskId, track);
        }
        if (track.look(info, base, nanos, episodes + 1)) {
            episodes++;
        }
        return track;
    }

    private CodeSite site(String text) {
        return sites.computeIfAbsent(text, CodeSite::of);
    }

    /** The same for this task and, if it is a thread, for those that it runs: its polls are theirs. */
    void lookWithThoseOn(long taskId, long nanos) {
        look(taskId, nanos);
        fold.forEachOn(taskId, inner -> look(inner, nanos));
    }

    /** The task has just been looked at after it was woken. */
    void wokenBy(long taskId, Wake.How how, long nanos) {
        Track track = tracks.get(taskId);
        if (track != null) {
            track.woken(nanos - base, how);
        }
    }

    /** The task has just been looked at after it began to wait. */
    void pinned(long taskId) {
        Track track = tracks.get(taskId);
        if (track != null) {
            track.pinned();
        }
    }

    void point(long taskId, Point point, long nanos) {
        Track track = look(taskId, nanos);
        if (track != null) {
            track.add(point);
        }
    }

    void link(long taskId, TaskLink link, long nanos) {
        Track track = look(taskId, nanos);
        if (track != null) {
            track.add(link);
        }
    }

    /** How many tasks were there before the recording began. */
    long missed() {
        return tracks.values().stream().filter(Track::isMissed).count();
    }

    /** What became of them, once: each is handed over, so that a million need not be there twice. */
    List<TaskHistory> build(long nowNanos, long length) {
        List<TaskHistory> all = new ArrayList<>(tracks.size());
        for (Iterator<Map.Entry<Long, Track>> left = tracks.entrySet().iterator(); left.hasNext(); ) {
            Map.Entry<Long, Track> next = left.next();
            if (fold.task(next.getKey(), nowNanos) != null) {
                look(next.getKey(), nowNanos);
            }
            all.add(next.getValue().build(length));
            left.remove();
        }
        return all;
    }
}
