package dev.asyncinspect.model;

import dev.asyncinspect.core.TaskInfo;
import dev.asyncinspect.core.fold.TaskFold;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The histories of all tasks, as they grow. */
final class Tracks {

    private final TaskFold fold;
    private final Map<Long, Track> tracks = new LinkedHashMap<>();
    /** Tasks by the thread that runs them or ran them last: what happens to its polls happens to them. */
    private final Map<Long, Set<Long>> onThread = new HashMap<>();

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
        long threadBefore = track == null ? 0 : track.threadId();
        if (track == null) {
            track = new Track(info, base);
            tracks.put(taskId, track);
        }
        if (track.look(info, base, nanos, episodes + 1)) {
            episodes++;
        }
        move(taskId, threadBefore, info.state().isOver() ? 0 : info.threadId());
        return track;
    }

    private void move(long taskId, long from, long to) {
        if (from == to) {
            return;
        }
        Set<Long> before = onThread.get(from);
        if (before != null) {
            before.remove(taskId);
            if (before.isEmpty()) {
                onThread.remove(from);
            }
        }
        if (to != 0 && to != taskId) {
            onThread.computeIfAbsent(to, thread -> new LinkedHashSet<>()).add(taskId);
        }
    }

    /** The same for this task and, if it is a thread, for those that it runs. */
    void lookWithThoseOn(long taskId, long nanos) {
        look(taskId, nanos);
        Set<Long> inner = onThread.get(taskId);
        if (inner != null) {
            for (long each : List.copyOf(inner)) {
                lookWithThoseOn(each, nanos);
            }
        }
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

    List<TaskHistory> build(long nowNanos, long length) {
        for (long taskId : List.copyOf(tracks.keySet())) {
            TaskInfo info = fold.task(taskId, nowNanos);
            if (info != null) {
                look(taskId, nowNanos);
            }
        }
        List<TaskHistory> all = new ArrayList<>(tracks.size());
        for (Track track : tracks.values()) {
            all.add(track.build(length));
        }
        return all;
    }
}
