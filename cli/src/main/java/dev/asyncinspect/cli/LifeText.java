package dev.asyncinspect.cli;

import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.TaskHistory;
import dev.asyncinspect.model.TaskNumber;
import java.util.List;
import java.util.Locale;

/** The life of one task, line by line. */
final class LifeText {

    private static final int LINES = 200;

    private final Terminal terminal;
    private final LifeLines life;

    LifeText(Terminal terminal, Recording recording) {
        this.terminal = terminal;
        this.life = new LifeLines(recording);
    }

    void print(TaskHistory task) {
        List<LifeLines.Line> lines = life.of(task);
        terminal.line(task.label() + (task.complete() ? "" : ", of whose life events are missing"));
        lines.stream()
                .limit(LINES)
                .forEach(line -> terminal.line(
                        terminal.fit(String.format(Locale.ROOT, "  %12.3fms  %s", line.atNanos() / 1e6, line.text()))));
        if (lines.size() > LINES) {
            terminal.line("  … and " + (lines.size() - LINES) + " more lines; 'async-inspect events --task "
                    + TaskNumber.text(task.id()).substring(1) + "' tells all");
        }
        if (task.failure() != null) {
            terminal.line("  failed with " + task.failure());
        }
        terminal.line();
    }
}
