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
    private final States states;
    private int selfWakes;

    /*
     * A busy program makes a million tasks that do one thing each: a list is made when there is something to put into it.
     */

    /** Moments are those of the fold less {@code base}; {@code sites} knows places by their texts. */
    Track(TaskInfo first, long base, Function<String, CodeSite> sites) {
        this.sites = sites;
        this.id = first.id();
        this.states = new States(first, base, this::was);
    }

    /** What the fold says now; {@code episode} numbers the await if a new one has begun. True if that was so. */
    boolean look(TaskInfo now, long base, long nanos, long episode) {
        states.look(now, base);
        return await(now.await(), base, nanos - base, episode);
    }

    private void was(TaskState state, long from, long to, long thread) {
        segments = with(segments, new Segment(state, from, to, thread));
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
        if (states.lost(moment)) {
            await(null, 0, moment, 0);
        }
    }

    /** It became runnable, if the fold took it so. */
    void woken(long moment, Wake.How how) {
        TaskInfo last = states.info();
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
        return states.isMissed();
    }

    /** What became of it, once. */
    TaskHistory build(long end) {
        states.last(end, this::was);
        TaskInfo last = states.info();
        String name = last.name();
        return new TaskHistory(
                id,
                name == null ? "" : name,
                TaskKind.valueOf(last.kind().name()),
                parent(last),
                createdAt(last),
                segments,
                awaits,
                wakes,
                points,
                links,
                last.throwable(),
                !last.incomplete());
    }

    private static Fact<Long> parent(TaskInfo last) {
        return last.parentId() == 0 ? NO_PARENT : Fact.observed(last.parentId());
    }

    private Fact<CodeSite> createdAt(TaskInfo last) {
        String site = last.site();
        return site == null ? NO_SITE : Fact.observed(sites.apply(site));
    }
}
