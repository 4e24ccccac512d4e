package dev.asyncinspect.cli;

import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.Segment;
import dev.asyncinspect.model.TaskHistory;
import dev.asyncinspect.model.TaskNumber;
import dev.asyncinspect.model.TaskState;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A chart of tasks over time, in characters. */
final class TimelineText {

    /*
     *   Task #12 'load'     ▒▒██████░░░░░░░░██✓
     *
     * A column shows the state in which the task spent most of that stretch of time, but a poll is never swallowed: running
     * short is what most tasks do, and a chart in which nobody ever runs would be wrong.
     */

    private static final int NAME_WIDTH = 30;
    private static final int USUAL_WIDTH = 100;
    private static final int LEAST_CHART = 10;

    /** Columns of the legend in one line. */
    private static final int LEGEND = 94;

    private final Terminal terminal;
    private final Recording recording;
    private final long begin;
    private final long end;
    private final int width;
    private final int columns;

    /** {@code screen} is how wide the screen is, 0 if that is not known; {@code --width} counts more. */
    TimelineText(Terminal terminal, Recording recording, long begin, long end, int screen) {
        this.terminal = terminal;
        this.recording = recording;
        this.begin = begin;
        this.end = end;
        this.width = terminal.width() != 0 ? terminal.width() : screen != 0 ? screen : USUAL_WIDTH;
        this.columns = Math.max(LEAST_CHART, width - NAME_WIDTH - 2);
    }

    void print(List<TaskHistory> tasks, int limit) {
        terminal.line(ProfileText.head(recording));
        legend();
        axis();
        shown(tasks, limit).forEach(this::row);
        if (tasks.isEmpty()) {
            terminal.line("no task was there");
        }
        if (tasks.size() > limit) {
            terminal.line("… and " + Labels.count(tasks.size() - limit, "more task")
                    + ", none of which was there for longer" + " (--limit, --from, --to, --task)");
        }
        terminal.line();
    }

    /** Where not all are drawn: those that were there longest, which the others leave no doubt about; in the order they came in. */
    private List<TaskHistory> shown(List<TaskHistory> tasks, int limit) {
        if (tasks.size() <= limit) {
            return tasks;
        }
        Set<TaskHistory> longest = Collections.newSetFromMap(new IdentityHashMap<>());
        tasks.stream()
                .sorted(Comparator.comparingLong(task -> -nanosWithin(task)))
                .limit(limit)
                .forEach(longest::add);
        return tasks.stream().filter(longest::contains).toList();
    }

    private long nanosWithin(TaskHistory task) {
        return Math.min(task.endedNanos(), end) - Math.max(task.bornNanos(), begin);
    }

    private void legend() {
        String states = paint(TaskState.RUNNING, "█") + " ran   " + paint(TaskState.SCHEDULED, "▒")
                + " waited for a thread   " + paint(TaskState.BLOCKED, "░") + " blocked   "
                + paint(TaskState.PENDING, "·") + " not begun";
        String ends = paint(TaskState.COMPLETED, "✓") + " completed   " + paint(TaskState.FAILED, "✗") + " failed   "
                + paint(TaskState.CANCELLED, "⊘") + " cancelled";
        if (width < LEGEND) {
            terminal.line(states);
            terminal.line(ends);
        } else {
            terminal.line(states + "   " + ends);
        }
    }

    private void axis() {
        String left = Times.text(begin);
        String right = Times.text(end);
        int gap = Math.max(1, columns - left.length() - right.length());
        terminal.line(terminal.paint(Terminal.Tone.QUIET, " ".repeat(NAME_WIDTH + 1) + left + " ".repeat(gap) + right));
    }

    private void row(TaskHistory task) {
        String name = TaskNumber.text(task.id()) + (task.name().isEmpty() ? "" : " " + task.name());
        String cut = Terminal.cut(name, NAME_WIDTH);
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-" + NAME_WIDTH + "s ", cut));
        TaskState before = TaskState.UNKNOWN;
        StringBuilder run = new StringBuilder();
        for (int column = 0; column < columns; column++) {
            TaskState state = state(task, edge(column), edge(column + 1));
            if (state != before) {
                line.append(paint(before, run.toString()));
                run.setLength(0);
                before = state;
            }
            run.append(mark(state, run.length() == 0));
        }
        line.append(paint(before, run.toString()));
        terminal.line(line.toString().stripTrailing());
    }

    private long edge(int column) {
        return begin + (long) ((double) (end - begin) * column / columns);
    }

    /** The state of most of this stretch; running if it ran at all, its end if it ended there, unknown if it was not there. */
    private TaskState state(TaskHistory task, long from, long to) {
        boolean lastColumn = to >= end;
        if (task.endedNanos() >= from && (task.endedNanos() < to || (lastColumn && task.endedNanos() <= end))) {
            return task.state();
        }
        TaskState most = TaskState.UNKNOWN;
        long longest = -1;
        for (Segment segment : within(task, from, to)) {
            long overlap = Math.min(segment.toNanos(), to) - Math.max(segment.fromNanos(), from);
            if (segment.state() == TaskState.RUNNING && overlap >= 0) {
                return TaskState.RUNNING;
            }
            if (!segment.state().isOver() && overlap > longest) {
                longest = overlap;
                most = segment.state();
            }
        }
        return most;
    }

    private static List<Segment> within(TaskHistory task, long from, long to) {
        List<Segment> segments = task.segments();
        int first = first(segments, from);
        int last = first;
        while (last < segments.size() && segments.get(last).fromNanos() < to) {
            last++;
        }
        return segments.subList(first, last);
    }

    /** The first segment that ends after this moment. */
    private static int first(List<Segment> segments, long from) {
        int low = 0;
        int high = segments.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (segments.get(middle).toNanos() <= from) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static char mark(TaskState state, boolean first) {
        return switch (state) {
            case RUNNING -> '█';
            case SCHEDULED -> '▒';
            case BLOCKED -> '░';
            case PENDING -> '·';
            case COMPLETED -> first ? '✓' : ' ';
            case FAILED -> first ? '✗' : ' ';
            case CANCELLED -> first ? '⊘' : ' ';
            case UNKNOWN -> ' ';
        };
    }

    private String paint(TaskState state, String text) {
        return switch (state) {
            case RUNNING, COMPLETED -> terminal.paint(Terminal.Tone.GOOD, text);
            case SCHEDULED -> terminal.paint(Terminal.Tone.WARNING, text);
            case BLOCKED -> terminal.paint(Terminal.Tone.NOTE, text);
            case FAILED -> terminal.paint(Terminal.Tone.BAD, text);
            case PENDING, CANCELLED -> terminal.paint(Terminal.Tone.QUIET, text);
            case UNKNOWN -> text;
        };
    }
}
