package dev.asyncinspect.cli;

import dev.asyncinspect.analysis.Finding;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.TaskHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** What a JVM that records says of the tasks of a finding: for whom they work, and what they did in the time before. */
final class RecordedBefore {

    /*
     * A finding is about a moment; the recording knows how it came to it. Ids of threads are the same in both. What a worker of a pool does is
     * told of the task that it runs, which is what the program knows: the worker itself only takes tasks.
     */

    private static final int TASKS_SHOWN = 3;
    private static final int TASKS_TOLD = 20;
    private static final int LINES = 6;

    private final Recording recording;
    private final LifeLines life;

    RecordedBefore(Recording recording) {
        this.recording = recording;
        this.life = new LifeLines(recording);
    }

    /**
     * One task of the finding.
     *
     * @param task the task, as the finding names it
     * @param work the task of a pool that it runs, null if it runs none
     * @param lines the last that happened, oldest first
     * @param signal who signalled last what it waits for, null if it waits for no such thing or nobody did
     */
    private record Before(
            TaskHistory task,
            @Nullable TaskHistory work,
            List<LifeLines.Line> lines,
            LifeLines.@Nullable Line signal) {}

    private List<Before> of(Finding finding) {
        List<Before> all = new ArrayList<>();
        for (long id : finding.tasks()) {
            TaskHistory task = recording.task(id);
            if (task != null && all.size() < TASKS_TOLD) {
                TaskHistory work = recording.workOn(id);
                TaskHistory told = work == null ? task : work;
                List<LifeLines.Line> lines = life.brief(told);
                all.add(new Before(
                        task,
                        work,
                        lines.subList(Math.max(0, lines.size() - LINES), lines.size()),
                        life.lastSignal(told)));
            }
        }
        return all;
    }

    void print(Terminal terminal, Finding finding) {
        List<Before> all = of(finding);
        if (all.isEmpty()) {
            return;
        }
        terminal.line("Recorded before:");
        for (Before before : all.subList(0, Math.min(TASKS_SHOWN, all.size()))) {
            terminal.line(
                    "  Task " + life.who(before.task.id()) + (before.work == null ? "" : " runs " + work(before.work)));
            before.lines.forEach(line -> print(terminal, line));
            if (before.signal != null) {
                print(terminal, before.signal);
            }
        }
        if (all.size() > TASKS_SHOWN) {
            terminal.line("  … and of " + Labels.count(all.size() - TASKS_SHOWN, "more task") + " (--json tells)");
        }
        terminal.line();
    }

    private void print(Terminal terminal, LifeLines.Line line) {
        terminal.line(terminal.fit(String.format(Locale.ROOT, "  %10s ago  %s", Times.text(ago(line)), line.text())));
    }

    private String work(TaskHistory work) {
        Long parent = work.parentId().orNull();
        return work.label() + ", created at " + Labels.createdAt(work)
                + (parent == null ? "" : " by " + life.who(parent));
    }

    /** Writes the member {@code recordedBefore}, if there is anything to say. */
    void write(JsonGenerator json, Finding finding) {
        List<Before> all = of(finding);
        if (all.isEmpty()) {
            return;
        }
        json.writeName("recordedBefore");
        json.writeStartArray();
        all.forEach(before -> write(json, before));
        json.writeEndArray();
    }

    private void write(JsonGenerator json, Before before) {
        json.writeStartObject();
        json.writeNumberProperty("task", before.task.id());
        if (before.work != null) {
            json.writeName("runs");
            json.writeStartObject();
            json.writeNumberProperty("id", before.work.id());
            json.writeStringProperty("label", before.work.label());
            json.writeStringProperty("createdAt", Labels.createdAt(before.work));
            json.writeEndObject();
        }
        json.writeName("events");
        json.writeStartArray();
        for (LifeLines.Line line : before.lines) {
            json.writeStartObject();
            json.writeNumberProperty("agoNanos", ago(line));
            json.writeStringProperty("text", line.text());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (before.signal != null) {
            json.writeName("lastSignal");
            json.writeStartObject();
            json.writeNumberProperty("agoNanos", ago(before.signal));
            json.writeStringProperty("text", before.signal.text());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** What was there before the recording began is told as of its beginning. */
    private long ago(LifeLines.Line line) {
        return recording.lengthNanos() - Math.max(0, line.atNanos());
    }
}
