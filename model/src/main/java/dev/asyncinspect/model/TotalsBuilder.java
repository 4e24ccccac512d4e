package dev.asyncinspect.model;

import dev.asyncinspect.core.event.Symbols;
import dev.asyncinspect.core.fold.TaskFold;
import java.util.List;

/** Makes {@link RecordingTotals} of events, in memory that grows with the tasks that live at once. */
public final class TotalsBuilder implements EventFold<RecordingTotals> {

    /* As RecordingBuilder, but what only tells who holds and what was said is passed over: no number depends on it. */

    private final TaskFold fold;
    private final Tallies tallies;
    private final Span span = new Span(Long.MAX_VALUE);

    /**
     * Nothing yet.
     *
     * @param symbols the texts of the events
     * @param detailed whether how long each stretch of time was, and when each task was there, is wanted
     */
    public TotalsBuilder(Symbols symbols, boolean detailed) {
        this.fold = new TaskFold(RecordingBuilder.LIMITS, symbols);
        this.tallies = new Tallies(fold, detailed);
    }

    @Override
    public boolean isEmpty() {
        return span.isEmpty();
    }

    @Override
    public RecordingTotals build(Source source, List<Gap> gaps, boolean truncated) {
        tallies.close(span.lastNanos(), span.length());
        Completeness completeness = span.completeness(tallies.tasks(), tallies.missed(), gaps, truncated);
        Recording about = new Recording(
                source,
                span.beganAt(),
                span.length(),
                span.events(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                completeness);
        return new RecordingTotals(about, tallies.sites(), tallies.slowest());
    }

    @Override
    public void created(long nanos, long taskId, int kind, int site, long parentId) {
        counted(nanos);
        fold.created(nanos, taskId, kind, site, parentId);
        tallies.look(taskId, nanos);
    }

    @Override
    public void named(long nanos, long taskId, int name, long runtimeId) {
        counted(nanos);
        fold.named(nanos, taskId, name, runtimeId);
        tallies.look(taskId, nanos);
    }

    @Override
    public void pollStart(long nanos, long taskId, long threadId) {
        counted(nanos);
        fold.pollStart(nanos, taskId, threadId);
        tallies.lookWithThoseOn(taskId, nanos);
    }

    @Override
    public void pollEnd(long nanos, long taskId, int reason, int label, long threadId) {
        counted(nanos);
        fold.pollEnd(nanos, taskId, reason, label, threadId);
        tallies.lookWithThoseOn(taskId, nanos);
    }

    @Override
    public void awaitStart(long nanos, long taskId, int flags, int label, long resourceId) {
        counted(nanos);
        long task = fold.resolve(taskId);
        fold.awaitStart(nanos, taskId, flags, label, resourceId);
        tallies.lookWithThoseOn(task, nanos);
    }

    @Override
    public void awaitEnd(long nanos, long taskId, int how, long resourceId) {
        counted(nanos);
        long task = fold.resolve(taskId);
        fold.awaitEnd(nanos, taskId, how, resourceId);
        tallies.lookWithThoseOn(task, nanos);
    }

    @Override
    public void woken(long nanos, long taskId, int how, long wakerId) {
        counted(nanos);
        fold.woken(nanos, taskId, how, wakerId);
        tallies.lookWithThoseOn(taskId, nanos);
    }

    @Override
    public void ended(long nanos, long taskId, int outcome, int throwable) {
        counted(nanos);
        fold.ended(nanos, taskId, outcome, throwable);
        tallies.lookWithThoseOn(taskId, nanos);
    }

    @Override
    public void acquired(long nanos, long taskId, int mode, int permits, int site, long resourceId) {
        counted(nanos);
    }

    @Override
    public void released(long nanos, long taskId, int mode, int permits, int site, long resourceId) {
        counted(nanos);
    }

    @Override
    public void point(long nanos, long taskId, int label, long message) {
        counted(nanos);
    }

    @Override
    public void linked(long nanos, long taskId, int how, int label, long otherId) {
        counted(nanos);
    }

    @Override
    public void resource(long nanos, int kind, int capacity, int name, long resourceId) {
        counted(nanos);
    }

    @Override
    public void dropped(long nanos, int why, long missing) {
        counted(nanos);
        fold.dropped(nanos, why, missing);
        span.dropped(why, missing);
    }

    @Override
    public void clock(long nanos, long epochNanos) {
        counted(nanos);
        span.clock(nanos, epochNanos);
    }

    private void counted(long nanos) {
        if (span.isEmpty()) {
            tallies.beginAt(nanos);
        }
        span.isPast(nanos);
    }
}
