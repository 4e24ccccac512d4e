package dev.asyncinspect.cli;

import dev.asyncinspect.model.Await;
import dev.asyncinspect.model.CodeSite;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.ResourceHistory;
import dev.asyncinspect.model.Segment;
import dev.asyncinspect.model.TaskHistory;
import dev.asyncinspect.model.TaskNumber;
import dev.asyncinspect.model.TaskState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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
        List<Line> lines = new ArrayList<>();
        task.segments().forEach(segment -> lines.add(new Line(segment.fromNanos(), segment(segment))));
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
                .forEach(link -> lines.add(new Line(link.atNanos(), link.how().label() + " " + who(link.otherId()))));
        lines.sort(Comparator.comparingLong(Line::atNanos));
        return lines;
    }

    /** {@code #T3 'order-1'}. */
    String who(long id) {
        TaskHistory other = recording.task(id);
        return TaskNumber.text(id) + (other == null || other.name().isEmpty() ? "" : " '" + other.name() + "'");
    }

    private static String segment(Segment segment) {
        return segment.state()
                + (segment.state().isOver() ? "" : " for " + Times.text(segment.nanos()))
                + (segment.state() == TaskState.RUNNING && segment.threadId() != 0
                        ? " on thread #" + segment.threadId()
                        : "");
    }

    private String await(Await await) {
        ResourceHistory resource = recording.resource(await.resourceId());
        CodeSite site = await.site();
        String what = resource == null
                ? ""
                : " for " + resource.kind().label()
                        + (resource.name() == null ? " Resource#" + resource.id() : " '" + resource.name() + "'");
        return "waits" + what + (site == null ? "" : " at " + site)
                + (await.isStill() ? ", still" : ", " + Times.text(await.nanosUntil(await.toNanos())))
                + (await.timed() ? " (with a timeout)" : "");
    }
}
