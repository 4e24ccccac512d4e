package dev.asyncinspect.model;

import dev.asyncinspect.core.TaskInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The history of one task, as it grows: each {@link #look} takes in what the fold says of it now. */
final class Track {

    private static final Fact<Long> NO_PARENT = Fact.unknown("nobody said who created it");
    private static final Fact<CodeSite> NO_SITE = Fact.unknown("its creation was not recorded");

    private final long id;
    private final Function<String, CodeSite> sites;
    private List<Segment> segments = List.of();
    private List<Await> awaits = List.of();
    /** Those of {@link #awaits} that go on, by their index, the innermost last. */
    private List<Integer> open = List.of();

    private List<Wake> wakes = List.of();
    private List<Point> points = List.of();
    private List<TaskLink> links = List.of();
    private TaskInfo last;
    private TaskState state;
    private long sinceNanos;
    private int selfWakes;

    /*
     * A busy program makes a million tasks that do one thing each: a list is made when there is something to put into it.
     */

    /** Moments are those of the fold less {@code base}; {@code sites} knows places by their texts. */
    Track(TaskInfo first, long base, Function<String, CodeSite> sites) {
        this.sites = sites;
        this.id = first.id();
        this.last = first;
        this.state = state(first);
        this.sinceNanos = first.createdNanos() - base;
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
            segments = with(
                    segments, new Segment(state, sinceNanos, until, state == TaskState.RUNNING ? last.threadId() : 0));
        }
        sinceNanos = until;
    }

    private static <T> List<T> with(List<T> list, T more) {
        List<T> grown = list.isEmpty() ? new ArrayList<>(2) : list;
        grown.add(more);
        return grown;
    }

    private int innermost() {
        return open.get(open.size() - 1);
    }

    /** Awaits can be nested; the fold tells the innermost. */
    private boolean await(TaskInfo.@Nullable Await now, long base, long moment, long episode) {
        long since = now == null ? 0 : now.sinceNanos() - base;
        while (!open.isEmpty()) {
            int innermost = innermost();
            Await await = awaits.get(innermost);
            if (now != null && (now.sinceNanos() - base > await.fromNanos() || isThis(await, now, since))) {
                break;
            }
            awaits.set(innermost, await.endedAt(moment));
            open.subList(open.size() - 1, open.size()).clear();
        }
        if (now == null || (!open.isEmpty() && isThis(awaits.get(innermost()), now, since))) {
            return false;
        }
        String label = now.label();
        open = with(open, awaits.size());
        awaits = with(
                awaits,
                new Await(
                        episode,
                        since,
                        Await.STILL,
                        label == null ? null : sites.apply(label),
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
            int innermost = innermost();
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
            wakes = with(wakes, new Wake(moment, last.lastWakerId(), how, self));
        }
    }

    void add(Point point) {
        points = with(points, point);
    }

    void add(TaskLink link) {
        links = with(links, link);
    }

    /** Whether it was there before the recording began. */
    boolean isMissed() {
        return last.kind() == dev.asyncinspect.core.TaskKind.UNKNOWN;
    }

    /** What became of it, once. */
    TaskHistory build(long end) {
        long until = state.isOver() ? sinceNanos : Math.max(sinceNanos, end);
        segments =
                with(segments, new Segment(state, sinceNanos, until, state == TaskState.RUNNING ? last.threadId() : 0));
        String name = last.name();
        return new TaskHistory(
                id,
                name == null ? "" : name,
                TaskKind.valueOf(last.kind().name()),
                parent(),
                createdAt(),
                segments,
                awaits,
                wakes,
                points,
                links,
                last.throwable(),
                !last.incomplete());
    }

    private Fact<Long> parent() {
        return last.parentId() == 0 ? NO_PARENT : Fact.observed(last.parentId());
    }

    private Fact<CodeSite> createdAt() {
        String site = last.site();
        return site == null ? NO_SITE : Fact.observed(sites.apply(site));
    }

    private static TaskState state(TaskInfo info) {
        return TaskState.valueOf(info.state().name());
    }
}
