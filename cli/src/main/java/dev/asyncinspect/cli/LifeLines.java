package dev.asyncinspect.cli;

import dev.asyncinspect.model.Await;
import dev.asyncinspect.model.CodeSite;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.ResourceHistory;
import dev.asyncinspect.model.Segment;
import dev.asyncinspect.model.Signaller;
import dev.asyncinspect.model.TaskHistory;
import dev.asyncinspect.model.TaskLink;
import dev.asyncinspect.model.TaskNumber;
import dev.asyncinspect.model.TaskState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a recording says of one task, in words. */
final class LifeLines {

    private final Recording recording;

    LifeLines(Recording recording) {
        this.recording = recording;
    }

    /**
     * Something that happened.
     *
     * @param atNanos when, from the beginning of the recording
     * @param text what
     */
    record Line(long atNanos, String text) {}

    /** All that happened to it, oldest first. */
    List<Line> of(TaskHistory task) {
        return of(task, task.segments());
    }

    /** The same, without saying twice of a wait that it begins and that the task is blocked from then on. */
    List<Line> brief(TaskHistory task) {
        Set<Long> waitsFrom = task.awaits().stream().map(Await::fromNanos).collect(Collectors.toSet());
        return of(
                task,
                task.segments().stream()
                        .filter(segment ->
                                segment.state() != TaskState.BLOCKED || !waitsFrom.contains(segment.fromNanos()))
                        .toList());
    }

    private List<Line> of(TaskHistory task, List<Segment> segments) {
        List<Line> lines = new ArrayList<>();
        segments.forEach(segment -> lines.add(new Line(segment.fromNanos(), segment(segment))));
        task.awaits().forEach(await -> lines.add(new Line(await.fromNanos(), await(await))));
        task.wakes()
                .forEach(wake -> lines.add(new Line(
                        wake.atNanos(),
                        wake.how().label()
                                + (wake.self()
                                        ? " by itself"
                                        : wake.wakerId() == 0 ? "" : " by " + who(wake.wakerId())))));
        task.points()
                .forEach(point -> lines.add(new Line(
                        point.atNanos(),
                        "• " + point.label() + (point.message() == null ? "" : ": " + point.message()))));
        task.links()
                .forEach(link -> lines.add(new Line(link.atNanos(), link.how().label() + " " + other(link))));
        lines.sort(Comparator.comparingLong(Line::atNanos));
        return lines;
    }

    /**
     * Who signalled last what this task waits for, or gave back something of it, and what became of him: {@code it was signalled 3 times, last
     * by #T4 'loader', which has ended}. Null if it waits for no such thing, or nobody was seen to signal.
     */
    @Nullable
    Line lastSignal(TaskHistory task) {
        Await await = task.awaitAt(recording.lengthNanos());
        ResourceHistory resource = await == null ? null : recording.resource(await.resourceId());
        if (resource == null || resource.signallers().isEmpty()) {
            return null;
        }
        Signaller last = resource.signallers().get(resource.signallers().size() - 1);
        TaskHistory signaller = recording.task(last.taskId());
        boolean alone = resource.signallers().size() == 1 && resource.hasAllSignallers();
        String became = signaller == null
                ? ""
                : signaller.state().isOver()
                        ? ", which has ended"
                        : signaller.state() == TaskState.BLOCKED ? ", which waits itself" : ", which lives";
        return new Line(
                last.lastNanos(),
                "that " + resource.kind().label() + " was signalled "
                        + (resource.signals() == 1 ? "once" : resource.signals() + " times")
                        + (alone ? ", only by " : ", last by ") + who(last.taskId()) + became);
    }

    /** {@code #T3 'order-1'}. */
    String who(long id) {
        TaskHistory other = recording.task(id);
        return TaskNumber.text(id) + (other == null || other.name().isEmpty() ? "" : " '" + other.name() + "'");
    }

    private String other(TaskLink link) {
        return link.how().isToResource() ? what(link.otherId()) : who(link.otherId());
    }

    private static String segment(Segment segment) {
        return segment.state()
                + (segment.state().isOver() ? "" : " for " + Times.text(segment.nanos()))
                + (segment.state() == TaskState.RUNNING && segment.threadId() != 0
                        ? " on thread #" + segment.threadId()
                        : "");
    }

    private String await(Await await) {
        CodeSite site = await.site();
        String what = what(await.resourceId());
        return "waits" + (what.isEmpty() ? "" : " for " + what) + (site == null ? "" : " at " + site)
                + (await.isStill() ? ", still" : ", " + Times.text(await.nanosUntil(await.toNanos())))
                + (await.timed() ? " (with a timeout)" : "")
                + (await.pinned() ? ", pinned: it keeps its carrier" : "");
    }

    /** {@code Lock 'till'}; empty if nothing was recorded of it. */
    private String what(long resourceId) {
        ResourceHistory resource = recording.resource(resourceId);
        return resource == null
                ? ""
                : resource.kind().label()
                        + (resource.name() == null ? " Resource#" + resource.id() : " '" + resource.name() + "'");
    }
}
