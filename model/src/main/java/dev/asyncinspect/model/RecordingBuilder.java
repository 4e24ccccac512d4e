package dev.asyncinspect.model;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.event.Symbols;
import dev.asyncinspect.core.fold.FoldLimits;
import dev.asyncinspect.core.fold.TaskFold;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Recording} of events: hand it each of them in order, then {@link #build}. */
public final class RecordingBuilder implements EventFold<Recording> {

    /*
     * Where a task stands is decided in one place, core.fold.TaskFold, which also serves the observed program itself. It knows the
     * present only. A history is what its answers were: after each event the tasks and resources that it can have touched are
     * asked again, and where the answer differs a segment, an await or a holding ends and the next begins. A recording that begins
     * in the middle tells first who lives, with times before its beginning: those are negative.
     *
     *   event ──► TaskFold ──► state now ──differs from before?──► segment
     */

    static final FoldLimits LIMITS = new FoldLimits(4_000_000, 1_000, 1_000_000);

    private final Symbols symbols;
    private final TaskFold fold;
    private final Tracks tracks;
    private final HoldingTracks holdings;
    private final LockOrders orders = new LockOrders();
    private final ContextTracks contexts = new ContextTracks();
    private final ScopedTracks scoped = new ScopedTracks();
    private final Span span;

    /**
     * Nothing yet.
     *
     * @param symbols the texts of the events
     */
    public RecordingBuilder(Symbols symbols) {
        this(symbols, Long.MAX_VALUE);
    }

    /**
     * Nothing yet; what happens later than this is passed over, as if the recording had ended there.
     *
     * @param symbols the texts of the events
     * @param mostNanos length at which it ends
     */
    public RecordingBuilder(Symbols symbols, long mostNanos) {
        this.span = new Span(mostNanos);
        this.symbols = symbols;
        this.fold = new TaskFold(LIMITS, symbols);
        this.tracks = new Tracks(fold);
        this.holdings = new HoldingTracks(fold);
    }

    @Override
    public boolean isEmpty() {
        return span.isEmpty();
    }

    @Override
    public Recording build(Source source, List<Gap> gaps, boolean truncated) {
        long missed = tracks.missed();
        List<TaskHistory> tasks = tracks.build(span.lastNanos(), span.length());
        List<ResourceHistory> resources = holdings.build();
        Completeness completeness = span.completeness(tasks.size(), missed, gaps, truncated);
        List<ContextHop> hops = new ArrayList<>();
        if (!span.leavesTasksOut()) { // who changed a context before, and handed it on, may be among those
            hops.addAll(contexts.hops());
            hops.addAll(scoped.hops());
        }
        return new Recording(
                source,
                span.beganAt(),
                span.length(),
                span.events(),
                tasks,
                resources,
                orders.all(),
                hops,
                completeness);
    }

    @Override
    public void created(long nanos, long taskId, int kind, int site, long parentId) {
        if (isPast(nanos)) {
            return;
        }
        fold.created(nanos, taskId, kind, site, parentId);
        tracks.look(taskId, nanos);
        contexts.created(taskId, kind, parentId, offset(nanos) > 0);
    }

    @Override
    public void named(long nanos, long taskId, int name, long runtimeId) {
        if (isPast(nanos)) {
            return;
        }
        fold.named(nanos, taskId, name, runtimeId);
        tracks.look(taskId, nanos);
    }

    @Override
    public void pollStart(long nanos, long taskId, long threadId) {
        if (isPast(nanos)) {
            return;
        }
        fold.pollStart(nanos, taskId, threadId);
        tracks.lookWithThoseOn(taskId, nanos);
        contexts.begins(taskId, threadId);
    }

    @Override
    public void pollEnd(long nanos, long taskId, int reason, int label, long threadId) {
        if (isPast(nanos)) {
            return;
        }
        fold.pollEnd(nanos, taskId, reason, label, threadId);
        tracks.lookWithThoseOn(taskId, nanos);
    }

    @Override
    public void awaitStart(long nanos, long taskId, int flags, int label, long resourceId) {
        if (isPast(nanos)) {
            return;
        }
        long task = fold.resolve(taskId);
        fold.awaitStart(nanos, taskId, flags, label, resourceId);
        tracks.lookWithThoseOn(task, nanos);
        if ((flags & EventCodes.AWAIT_PINNED) != 0) {
            tracks.pinned(task);
        }
    }

    @Override
    public void awaitEnd(long nanos, long taskId, int how, long resourceId) {
        if (isPast(nanos)) {
            return;
        }
        long task = fold.resolve(taskId);
        fold.awaitEnd(nanos, taskId, how, resourceId);
        tracks.lookWithThoseOn(task, nanos);
    }

    @Override
    public void woken(long nanos, long taskId, int how, long wakerId) {
        if (isPast(nanos)) {
            return;
        }
        fold.woken(nanos, taskId, how, wakerId);
        tracks.lookWithThoseOn(taskId, nanos);
        tracks.wokenBy(taskId, Codes.wake(how), nanos);
    }

    @Override
    public void ended(long nanos, long taskId, int outcome, int throwable) {
        if (isPast(nanos)) {
            return;
        }
        fold.ended(nanos, taskId, outcome, throwable);
        tracks.lookWithThoseOn(taskId, nanos);
        contexts.ended(taskId);
        scoped.ended(taskId, outcome == EventCodes.FAILED ? symbols.text(throwable) : null);
    }

    @Override
    public void acquired(long nanos, long taskId, int mode, int permits, int site, long resourceId) {
        if (isPast(nanos)) {
            return;
        }
        long task = fold.resolve(taskId);
        fold.acquired(nanos, taskId, mode, permits, site, resourceId);
        holdings.look(resourceId, task, mode, offset(nanos));
        if (mode != EventCodes.SIGNAL && holdings.isLock(resourceId)) {
            boolean tried = (mode & EventCodes.TRIED) != 0;
            orders.acquired(task, resourceId, Codes.mode(mode), site(site), tried, offset(nanos));
        }
    }

    @Override
    public void released(long nanos, long taskId, int mode, int permits, int site, long resourceId) {
        if (isPast(nanos)) {
            return;
        }
        long task = fold.resolve(taskId);
        fold.released(nanos, taskId, mode, permits, site, resourceId);
        holdings.look(resourceId, task, mode, offset(nanos));
        holdings.signalled(resourceId, task, offset(nanos));
        if (mode != EventCodes.SIGNAL) {
            orders.released(task, resourceId);
        }
    }

    @Override
    public void point(long nanos, long taskId, int label, long message) {
        if (isPast(nanos)) {
            return;
        }
        long task = fold.resolve(taskId);
        fold.point(nanos, taskId, label, message);
        String text = symbols.text(label);
        tracks.point(task, new Point(offset(nanos), text == null ? "" : text, symbols.text((int) message)), nanos);
    }

    @Override
    public void linked(long nanos, long taskId, int how, int label, long otherId) {
        if (isPast(nanos)) {
            return;
        }
        long task = fold.resolve(taskId);
        fold.linked(nanos, taskId, how, label, otherId);
        if (Codes.link(how).isContext()) {
            contexts.changed(task, Codes.link(how), symbols.text(label), otherId);
            return;
        }
        if (how == EventCodes.SCOPED_BOUND) {
            scoped.bound(fold.task(taskId, nanos), otherId);
            return;
        }
        if (how == EventCodes.SCOPED_UNBOUND) {
            scoped.unbound(task, otherId, symbols.text(label));
            return;
        }
        long linked = how == EventCodes.COMPLETES ? taskId : task; // what that thread runs just now is not meant
        tracks.link(linked, new TaskLink(offset(nanos), Codes.link(how), otherId, symbols.text(label)), nanos);
    }

    @Override
    public void resource(long nanos, int kind, int capacity, int name, long resourceId) {
        if (isPast(nanos)) {
            return;
        }
        fold.resource(nanos, kind, capacity, name, resourceId);
        holdings.named(resourceId, offset(nanos));
    }

    @Override
    public void dropped(long nanos, int why, long missing) {
        if (isPast(nanos)) {
            return;
        }
        fold.dropped(nanos, why, missing);
        span.dropped(why, missing);
        if (missing > 0 && !EventCodes.isWished(why)) {
            contexts.forget();
            scoped.forget();
            orders.forget();
        }
    }

    @Override
    public void clock(long nanos, long epochNanos) {
        if (isPast(nanos)) {
            return;
        }
        fold.clock(nanos, epochNanos);
        span.clock(nanos, epochNanos);
    }

    private boolean isPast(long nanos) {
        boolean first = span.isEmpty();
        boolean past = span.isPast(nanos);
        if (first) {
            tracks.beginAt(nanos);
        }
        return past;
    }

    private long offset(long nanos) {
        return span.offset(nanos);
    }

    private @Nullable CodeSite site(int symbol) {
        String text = symbols.text(symbol);
        return text == null ? null : CodeSite.of(text);
    }
}
