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
import java.util.Locale;

/** The life of one task, line by line. */
final class LifeText {

    private static final int LINES = 200;

    private final Terminal terminal;
    private final Recording recording;

    LifeText(Terminal terminal, Recording recording) {
        this.terminal = terminal;
        this.recording = recording;
    }

    /** Something that happened. */
    private record Line(long atNanos, String text) {}

    void print(TaskHistory task) {
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
        terminal.line(task.label() + (task.complete() ? "" : ", of whose life events are missing"));
        lines.stream()
                .limit(LINES)
                .forEach(line -> terminal.line(
                        terminal.fit(String.format(Locale.ROOT, "  %12.3fms  %s", line.atNanos / 1e6, line.text))));
        if (lines.size() > LINES) {
            terminal.line("  … and " + (lines.size() - LINES) + " more lines; 'async-inspect events --task " + task.id()
                    + "' tells all");
        }
        if (task.failure() != null) {
            terminal.line("  failed with " + task.failure());
        }
        terminal.line();
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

    private String who(long id) {
        TaskHistory other = recording.task(id);
        return TaskNumber.text(id) + (other == null || other.name().isEmpty() ? "" : " '" + other.name() + "'");
    }
}
