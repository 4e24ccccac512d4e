package dev.asyncinspect.cli;

import dev.asyncinspect.sources.JvmProcess;
import dev.asyncinspect.sources.SourceException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Keeps what was seen of live JVMs: the answer as text and JSON, and the dumps of the JVMs themselves, in one folder. */
final class EvidenceWriter {

    private static final int DUMPS = 2;
    private static final Duration BETWEEN_DUMPS = Duration.ofMillis(250);
    private static final Duration DUMP_TIMEOUT = Duration.ofSeconds(10);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Environment environment;
    private final List<String> files = new ArrayList<>();

    EvidenceWriter(Environment environment) {
        this.environment = environment;
    }

    /** A name for a folder about something that was seen now. */
    static String name(Instant now, String about) {
        return STAMP.format(now) + "-" + about;
    }

    /**
     * Writes the folder.
     *
     * @param named where; if there is such a folder already, beside it under the next free name
     * @param about what the folder is about, in a line or two
     * @param text prints the answer
     * @param seen the JVMs, with what was seen of each
     * @return where it is
     */
    Path write(Path named, String about, Consumer<Terminal> text, List<SeenJvm> seen) throws IOException {
        try (EvidenceFolder folder = EvidenceFolder.begin(named)) {
            folder.add("why.txt", out -> text.accept(new Terminal(out, out, false, false, 0, 0)));
            folder.add("why.json", out -> json(out, seen));
            dumps(folder, seen);
            for (SeenJvm one : seen) {
                recording(folder, one.jvm());
            }
            folder.add("README.txt", out -> readme(out, about));
            return folder.finish();
        }
    }

    private void json(PrintStream out, List<SeenJvm> seen) {
        List<Diagnosis> diagnoses = seen.stream().map(SeenJvm::diagnosis).toList();
        new AnswerJson(out, "why", environment.version())
                .print(
                        Diagnosis.exitCode(diagnoses),
                        diagnoses.stream().map(Observed::whole).toList());
    }

    private void dumps(EvidenceFolder folder, List<SeenJvm> seen) throws IOException {
        for (int i = 1; i <= DUMPS; i++) {
            if (i > 1) {
                pause();
            }
            for (SeenJvm one : seen) {
                String name = "threads-" + one.jvm().pid() + "-" + i + ".txt";
                dump(folder, one.jvm(), name);
            }
        }
    }

    private void dump(EvidenceFolder folder, JvmProcess jvm, String name) throws IOException {
        try {
            String text = environment.observations().threadDump(jvm, DUMP_TIMEOUT);
            folder.add(name, out -> out.print(text));
            files.add(name + "  the thread dump of process " + jvm.pid() + " (" + ListCommand.orUnknown(jvm.mainClass())
                    + ") at " + Instant.now().truncatedTo(ChronoUnit.MILLIS));
        } catch (SourceException e) {
            files.add(name + "  is missing: " + Failures.oneLine(String.valueOf(e.getMessage())));
        }
    }

    /** What the JVM has recorded so far, if it records. */
    private void recording(EvidenceFolder folder, JvmProcess jvm) throws IOException {
        String name = "recording-" + jvm.pid() + ".air";
        try {
            boolean[] kept = {false};
            folder.addFile(
                    name, path -> kept[0] = environment.observations().keepSoFar(jvm, DUMP_TIMEOUT, path) != null);
            if (kept[0]) {
                files.add(
                        name + "  what process " + jvm.pid() + " recorded until then: async-inspect timeline " + name);
            }
        } catch (SourceException e) {
            files.add(name + "  is missing: " + Failures.oneLine(String.valueOf(e.getMessage())));
        }
    }

    private void readme(PrintStream out, String about) {
        out.println(about);
        out.println();
        out.println("why.txt   what is wrong, as async-inspect " + environment.version() + " says it");
        out.println("why.json  the same and all tasks seen, by docs/schema/cli-v1.schema.json");
        files.forEach(out::println);
        out.println();
        out.println("To ask again: async-inspect why --file threads-*.txt");
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_DUMPS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the second dumps then follow at once
        }
    }
}
