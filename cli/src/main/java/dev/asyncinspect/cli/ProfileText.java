package dev.asyncinspect.cli;

import dev.asyncinspect.analysis.Profile;
import dev.asyncinspect.analysis.Profile.Quantiles;
import dev.asyncinspect.analysis.Profile.SiteProfile;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.RecordingTotals;
import dev.asyncinspect.model.TaskState;
import dev.asyncinspect.model.TaskTotals;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A profile as a person reads it. */
final class ProfileText {

    private static final List<String> HEADS = List.of("times", "p50", "p90", "p99", "longest");
    /** Which of these go first where there is no room for all: the longest stays. */
    private static final List<String> LEAVING = List.of("p90", "times", "p50", "p99");

    private static final int LABEL = 13;
    private static final int CELL = 10;

    private final Terminal terminal;
    private final RecordingTotals recorded;
    private final Profile profile;

    ProfileText(Terminal terminal, RecordingTotals recorded, Profile profile) {
        this.terminal = terminal;
        this.recorded = recorded;
        this.profile = profile;
    }

    /** {@code run.air: 12.3s from 2026-01-02T12:00:00Z, 1,234 events}. */
    static String head(Recording recording) {
        return recording.source().description() + ": " + Times.text(recording.lengthNanos())
                + (recording.beganAt() == null
                        ? ""
                        : " from " + recording.beganAt().truncatedTo(ChronoUnit.MILLIS))
                + String.format(Locale.ROOT, ", %,d event", recording.events())
                + (recording.events() == 1 ? "" : "s");
    }

    void totals() {
        terminal.line(head(recorded.about()));
        List<String> states = new ArrayList<>();
        for (TaskState state : TaskState.values()) {
            long tasks = profile.states().getOrDefault(state, 0L);
            if (tasks > 0 || state != TaskState.UNKNOWN) {
                states.add(Labels.grouped(tasks) + " " + state.name().toLowerCase(Locale.ROOT));
            }
        }
        terminal.line(Labels.count(recorded.tasks(), "task") + ": " + String.join(", ", states));
        terminal.line("Their time: " + parts(profile.time()));
    }

    private static String parts(Profile.Spent time) {
        return percent(time.runningNanos(), time) + " running, " + percent(time.scheduledNanos(), time)
                + " waiting for a thread, " + percent(time.blockedNanos(), time) + " blocked";
    }

    private static String percent(long nanos, Profile.Spent of) {
        return of.nanos() == 0 ? "0 %" : Math.round(100.0 * nanos / of.nanos()) + " %";
    }

    void details() {
        for (SiteProfile site : profile.sites()) {
            terminal.line();
            terminal.line(Labels.count(site.tasks(), "task") + " " + Labels.created(site.site()));
            terminal.line("  " + parts(site.time()));
            if (site.polls().count() + site.delays().count() + site.blocked().count() > 0) {
                terminal.line(terminal.paint(Terminal.Tone.QUIET, columns("", HEADS)));
            }
            row("ran", site.polls());
            row("had to wait", site.delays());
            row("blocked", site.blocked());
        }
        if (!profile.slowest().isEmpty()) {
            terminal.line();
            terminal.line("Slowest tasks, from creation to end:");
            profile.slowest().forEach(this::slow);
        }
        terminal.line();
    }

    private void row(String what, Quantiles times) {
        if (times.count() > 0) {
            terminal.line(columns(
                    what,
                    List.of(
                            Labels.grouped(times.count()),
                            Times.text(times.p50()),
                            Times.text(times.p90()),
                            Times.text(times.p99()),
                            Times.text(times.max()))));
        }
    }

    /** What is said of one of the three times, as much of it as there is room for. */
    private String columns(String what, List<String> cells) {
        int room = terminal.tableWidth();
        List<String> left = new ArrayList<>(HEADS);
        for (String leaving : LEAVING) {
            if (room > 0 && LABEL + CELL * left.size() > room) {
                left.remove(leaving);
            }
        }
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "  %-11s", what));
        left.forEach(head -> line.append(String.format(Locale.ROOT, " %9s", cells.get(HEADS.indexOf(head)))));
        return line.toString();
    }

    private void slow(TaskTotals task) {
        terminal.line(terminal.fit("  " + String.format(Locale.ROOT, "%9s", Times.text(task.lifeNanos())) + "  "
                + task.label() + " " + task.state() + ", ran " + Times.text(task.runningNanos()) + " in "
                + Labels.count(task.polls(), "poll")));
    }
}
