package dev.asyncinspect.model;

import dev.asyncinspect.core.TaskInfo;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The history of one task, as it grows: each {@link #look} takes in what the fold says of it now. */
final class Track {

    private final long id;
    private final List<Segment> segments = new ArrayList<>();
    private final List<Await> awaits = new ArrayList<>();
    private final Deque<Integer> open = new ArrayDeque<>();
    private final List<Wake> wakes = new ArrayList<>();
    private final List<Point> points = new ArrayList<>();
    private final List<TaskLink> links = new ArrayList<>();
    private TaskInfo last;
    private TaskState state;
    private long sinceNanos;
    private int selfWakes;

    /** Moments are those of the fold less {@code base}. */
    Track(TaskInfo first, long base) {
        this.id = first.id();
        this.last = first;
        this.state = state(first);
        this.sinceNanos = first.createdNanos() - base;
    }

    /** The thread that runs it, or ran it last. */
    long threadId() {
        return last.threadId();
    }

    /** What the fold says now; {@code episode} numbers the await if a new one has begun. True if that was so. */
    boolean look(TaskInfo now, long base, long nanos, long episode) {
        long since = Math.max(sinceNanos, now.stateSinceNanos() - base);
        boolean polledAgain = now.polls() != last.polls() && state == TaskState.RUNNING;
        if (state(now) != state || polledAgain) {
            close(since);
            state = state(now);
        }
        last = now;
        return await(now.await(), base, nanos - base, episode);
    }

    private void close(long until) {
        if (until > sinceNanos || state == TaskState.RUNNING) {
            segments.add(new Segment(state, sinceNanos, until, state == TaskState.RUNNING ? last.threadId() : 0));
        }
        sinceNanos = until;
    }

    /** Awaits can be nested; the fold tells the innermost. */
    private boolean await(TaskInfo.@Nullable Await now, long base, long moment, long episode) {
        long since = now == null ? 0 : now.sinceNanos() - base;
        while (!open.isEmpty()) {
            int innermost = open.getLast();
            Await await = awaits.get(innermost);
            if (now != null && (now.sinceNanos() - base > await.fromNanos() || isThis(await, now, since))) {
                break;
            }
            awaits.set(innermost, await.endedAt(moment));
            open.removeLast();
        }
        if (now == null || (!open.isEmpty() && isThis(awaits.get(open.getLast()), now, since))) {
            return false;
        }
        String label = now.label();
        open.addLast(awaits.size());
        awaits.add(new Await(
                episode,
                since,
                Await.STILL,
                label == null ? null : CodeSite.of(label),
                now.resourceId(),
                now.timed(),
                false));
        return true;
    }

    private static boolean isThis(Await await, TaskInfo.Await now, long since) {
        String label = now.label();
        CodeSite site = await.site();
        return await.fromNanos() == since
                && await.resourceId() == now.resourceId()
                && (label == null ? site == null : site != null && site.text().equals(label));
    }

    /** The await that has just begun keeps a carrier. */
    void pinned() {
        if (!open.isEmpty()) {
            int innermost = open.getLast();
            awaits.set(innermost, awaits.get(innermost).onItsCarrier());
        }
    }

    /** The fold no longer follows it: from now on nobody knows. */
    void lost(long moment) {
        if (state != TaskState.UNKNOWN && !state.isOver()) {
            close(Math.max(sinceNanos, moment));
            state = TaskState.UNKNOWN;
            await(null, 0, moment, 0);
        }
    }

    /** It became runnable, if the fold took it so. */
    void woken(long moment, Wake.How how) {
        if (last.wakes() > wakes.size()) {
            boolean self = last.selfWakes() > selfWakes;
            selfWakes = last.selfWakes();
            wakes.add(new Wake(moment, last.lastWakerId(), how, self));
        }
    }

    void add(Point point) {
        points.add(point);
    }

    void add(TaskLink link) {
        links.add(link);
    }

    /** Whether it was there before the recording began. */
    boolean isMissed() {
        return last.kind() == dev.asyncinspect.core.TaskKind.UNKNOWN;
    }

    TaskHistory build(long end) {
        List<Segment> all = new ArrayList<>(segments);
        long until = state.isOver() ? sinceNanos : Math.max(sinceNanos, end);
        all.add(new Segment(state, sinceNanos, until, state == TaskState.RUNNING ? last.threadId() : 0));
        String name = last.name();
        return new TaskHistory(
                id,
                name == null ? "" : name,
                TaskKind.valueOf(last.kind().name()),
                parent(),
                createdAt(),
                all,
                awaits,
                wakes,
                points,
                links,
                last.throwable(),
                !last.incomplete());
    }

    private Fact<Long> parent() {
        return last.parentId() == 0 ? Fact.unknown("nobody said who created it") : Fact.observed(last.parentId());
    }

    private Fact<CodeSite> createdAt() {
        String site = last.site();
        return site == null ? Fact.unknown("its creation was not recorded") : Fact.observed(CodeSite.of(site));
    }

    private static TaskState state(TaskInfo info) {
        return TaskState.valueOf(info.state().name());
    }
}
