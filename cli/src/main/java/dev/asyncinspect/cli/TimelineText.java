package dev.asyncinspect.cli;

import dev.asyncinspect.model.CodeSite;
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
import java.util.regex.Pattern;

/** A chart of tasks over time, in characters. */
final class TimelineText {

    /*
     *   Task #12 'load'     ▒▒██████░░░▄░░░░██✓
     *
     * A column shows the state in which the task spent most of that stretch of time, but a poll is never swallowed: running
     * short is what most tasks do, and a chart in which nobody ever runs would be wrong. So would be one in which a thread seems to run
     * all the time that looks at something for a moment each second: that has a mark of its own.
     */

    private static final char RAN = '█';
    private static final char RAN_A_LITTLE = '▄';
    /** The part of a stretch of time that is more than a little. */
    private static final int LITTLE = 4;

    private static final Pattern PACKAGE = Pattern.compile("^(?:\\p{javaLowerCase}[^.(]*\\.)*(?=\\p{javaUpperCase})");
    private static final String ENDS = "✓✗⊘";
    private static final List<TaskState> LIVING =
            List.of(TaskState.RUNNING, TaskState.BLOCKED, TaskState.SCHEDULED, TaskState.PENDING, TaskState.UNKNOWN);

    private static final int LONGEST_NAME = 30;
    private static final int SHORTEST_NAME = 12;
    private static final int USUAL_WIDTH = 100;
    private static final int LEAST_CHART = 10;

    /** Columns of the legend in one line. */
    private static final int LEGEND = 111;

    private final Terminal terminal;
    private final Recording recording;
    private final long begin;
    private final long end;
    private final int width;
    private final int names;
    private final int columns;

    /** {@code screen} is how wide the screen is, 0 if that is not known; {@code --width} counts more. */
    TimelineText(Terminal terminal, Recording recording, long begin, long end, int screen) {
        this.terminal = terminal;
        this.recording = recording;
        this.begin = begin;
        this.end = end;
        this.width = terminal.width() != 0 ? terminal.width() : screen != 0 ? screen : USUAL_WIDTH;
        this.names = Math.max(SHORTEST_NAME, Math.min(width / 3, LONGEST_NAME));
        this.columns = Math.max(LEAST_CHART, width - names - 2);
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
        String states = painted(TaskState.RUNNING) + " ran   " + paint(RAN_A_LITTLE, "▄") + " ran a little   "
                + painted(TaskState.SCHEDULED) + " waited for a thread   " + painted(TaskState.BLOCKED) + " blocked   "
                + painted(TaskState.PENDING) + " not begun";
        String ends = painted(TaskState.COMPLETED) + " completed   " + painted(TaskState.FAILED) + " failed   "
                + painted(TaskState.CANCELLED) + " cancelled";
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
        terminal.line(terminal.paint(Terminal.Tone.QUIET, " ".repeat(names + 1) + left + " ".repeat(gap) + right));
    }

    private void row(TaskHistory task) {
        String what = task.name().isEmpty() ? code(task) : task.name();
        String name = TaskNumber.text(task.id()) + (what.isEmpty() ? "" : " " + what);
        String cut = Terminal.cut(name, names);
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-" + names + "s ", cut));
        char before = ' ';
        StringBuilder run = new StringBuilder();
        for (int column = 0; column < columns; column++) {
            char mark = mark(task, edge(column), edge(column + 1));
            if (mark != before) {
                line.append(paint(before, run.toString()));
                run.setLength(0);
                before = mark;
            }
            run.append(run.length() > 0 && ENDS.indexOf(mark) >= 0 ? ' ' : mark);
        }
        line.append(paint(before, run.toString()));
        terminal.line(line.toString().stripTrailing());
    }

    /** Where a task without a name was created, without the package: {@code Shop.lambda$pay$1}. */
    private static String code(TaskHistory task) {
        CodeSite site = task.createdAt().orNull();
        return site == null ? "" : PACKAGE.matcher(site.text()).replaceFirst("");
    }

    private long edge(int column) {
        return begin + (long) ((double) (end - begin) * column / columns);
    }

    /** For the state of most of this stretch; that it ran if it ran at all, its end if it ended there, a blank if it was not there. */
    private char mark(TaskHistory task, long from, long to) {
        boolean lastColumn = to >= end;
        if (task.endedNanos() >= from && (task.endedNanos() < to || (lastColumn && task.endedNanos() <= end))) {
            return mark(task.state());
        }
        List<Segment> segments = within(task, from, to);
        TaskState most = TaskState.UNKNOWN;
        long longest = -1;
        long ran = nanosIn(TaskState.RUNNING, segments, from, to);
        for (TaskState state : LIVING) {
            long nanos = nanosIn(state, segments, from, to);
            if (nanos > longest) {
                longest = nanos;
                most = state;
            }
        }
        if (ran < 0 || most == TaskState.RUNNING) {
            return mark(most);
        }
        return ran * LITTLE < to - from ? RAN_A_LITTLE : RAN;
    }

    /** How long it was in this state; -1 if never. */
    private static long nanosIn(TaskState state, List<Segment> segments, long from, long to) {
        long sum = -1;
        for (Segment segment : segments) {
            long overlap = Math.min(segment.toNanos(), to) - Math.max(segment.fromNanos(), from);
            if (segment.state() == state && overlap >= 0) {
                sum = Math.max(sum, 0) + overlap;
            }
        }
        return sum;
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

    private static char mark(TaskState state) {
        return switch (state) {
            case RUNNING -> RAN;
            case SCHEDULED -> '▒';
            case BLOCKED -> '░';
            case PENDING -> '·';
            case COMPLETED -> '✓';
            case FAILED -> '✗';
            case CANCELLED -> '⊘';
            case UNKNOWN -> ' ';
        };
    }

    private String painted(TaskState state) {
        char mark = mark(state);
        return paint(mark, String.valueOf(mark));
    }

    private String paint(char mark, String text) {
        return switch (mark) {
            case RAN, RAN_A_LITTLE, '✓' -> terminal.paint(Terminal.Tone.GOOD, text);
            case '▒' -> terminal.paint(Terminal.Tone.WARNING, text);
            case '░' -> terminal.paint(Terminal.Tone.NOTE, text);
            case '✗' -> terminal.paint(Terminal.Tone.BAD, text);
            case '·', '⊘' -> terminal.paint(Terminal.Tone.QUIET, text);
            default -> text;
        };
    }
}
