package dev.asyncinspect.cli;

import dev.asyncinspect.model.RecordedEvent;
import dev.asyncinspect.model.TaskNumber;
import dev.asyncinspect.sources.JvmProcess;
import dev.asyncinspect.sources.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JsonGenerator;

/** {@code events}: what happened, one line each. */
@Command(
        name = "events",
        description = "Prints the events of a recording, one line each; with --json one object each.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:all were printed, or nobody reads on",
            " 2:wrong command line",
            " 3:the JVM could not be reached or did not answer, or does not record",
            " 4:incomplete: something could not be read, or no event tells of the task",
            " 130:ended by Ctrl-C (143 by SIGTERM), as --follow is meant to be"
        },
        footer = {
            "",
            "Examples:",
            "  async-inspect events run.air --task T3",
            "  async-inspect events run.air --kind await-start --kind await-end",
            "  async-inspect events run.air --follow",
            "  async-inspect events 4711 --follow"
        })
final class EventsCommand extends AnswerCommand {

    @Mixin
    RecordingSource recording = new RecordingSource();

    @Option(
            names = "--task",
            paramLabel = "ID",
            converter = TaskNumberConverter.class,
            description = "Only events of this task, or in which it takes part.")
    @Nullable
    Long task;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            converter = EventKindConverter.class,
            description = "Only events of this kind, such as created or await-start; may be given several times.")
    List<RecordedEvent.Kind> kinds = new ArrayList<>();

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what happens from now on, until Ctrl-C.")
    boolean follow;

    private boolean taskSeen;

    /** Nobody reads on: the rest is not worth the while. */
    private static final class ReaderGone extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Override
    ExitCode answer(Terminal terminal, Environment environment) throws Exception {
        try {
            return all(terminal, environment);
        } catch (ReaderGone e) {
            return ExitCode.HEALTHY; // as after head; a full disk is told in the end
        }
    }

    private ExitCode all(Terminal terminal, Environment environment) throws Exception {
        Observations observations = environment.observations();
        boolean whole = true;
        if (recording.isProcess()) {
            JvmProcess jvm = observations.find(recording.source);
            observations.events(jvm, recording.timeout, follow, event -> tell(terminal, environment, event));
        } else {
            whole = observations.events(recording.file(), follow, event -> tell(terminal, environment, event));
        }
        if (task != null && !taskSeen) {
            throw new SourceException(
                    SourceException.Reason.UNREADABLE,
                    "no event of task " + TaskNumber.text(task) + " in " + recording.source
                            + "; 'async-inspect timeline' names tasks");
        }
        if (!whole) {
            terminal.err()
                    .println("async-inspect: " + recording.source
                            + " was not written to its end; these are the events before that");
        }
        return whole ? ExitCode.HEALTHY : ExitCode.INCOMPLETE;
    }

    private void tell(Terminal terminal, Environment environment, RecordedEvent event) {
        if (fits(event)) {
            print(terminal, environment, event);
            if (follow) {
                terminal.out().flush();
            }
            if (terminal.isGone()) {
                throw new ReaderGone();
            }
        }
    }

    private boolean fits(RecordedEvent event) {
        boolean ofTask = task == null || event.taskId() == task || event.otherId() == task;
        taskSeen |= ofTask;
        return ofTask && (kinds.isEmpty() || kinds.contains(event.kind()));
    }

    private void print(Terminal terminal, Environment environment, RecordedEvent event) {
        if (output.json) {
            JsonOutput.print(
                    terminal.out(), "events", environment.version(), ExitCode.HEALTHY, json -> write(json, event));
            return;
        }
        String text = String.format(
                Locale.ROOT,
                "%14.6fs  %-12s %s",
                event.atNanos() / 1e9,
                event.kind().id(),
                (event.taskId() == 0 ? "" : TaskNumber.text(event.taskId()) + "  ") + event.text());
        boolean bad = event.kind() == RecordedEvent.Kind.DROPPED;
        terminal.line(bad ? terminal.paint(Terminal.Tone.BAD, terminal.fit(text)) : terminal.fit(text));
    }

    private static void write(JsonGenerator json, RecordedEvent event) {
        json.writeName("event");
        json.writeStartObject();
        json.writeNumberProperty("atNanos", event.atNanos());
        json.writeStringProperty("kind", event.kind().id());
        if (event.taskId() != 0) {
            json.writeNumberProperty("task", event.taskId());
        }
        if (event.otherId() != 0) {
            json.writeNumberProperty("other", event.otherId());
        }
        json.writeStringProperty("text", event.text());
        json.writeEndObject();
    }
}
