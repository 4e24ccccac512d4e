package dev.asyncinspect.cli;

import dev.asyncinspect.model.History;
import dev.asyncinspect.model.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code analyze}: what some files are, and what is wrong in them. */
@Command(
        name = "analyze",
        description = "Says what dumps and recordings are, and all findings in them.",
        footer = {"", "Example:", "  async-inspect analyze hang-1.txt hang-2.txt threads.json"})
final class AnalyzeCommand extends AnswerCommand {

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Thread dumps, heap dumps and recordings, of one JVM or of several.")
    List<Path> files = new ArrayList<>();

    @Mixin
    ClassPathOption classPath = new ClassPathOption();

    @Mixin
    AtOption at = new AtOption();

    @Override
    ExitCode answer(Terminal terminal, Environment environment) throws Exception {
        List<Diagnosis> diagnoses = environment.observations().read(files, classPath.classFiles(), at).stream()
                .map(Diagnosis::of)
                .toList();
        ExitCode code = Diagnosis.exitCode(diagnoses);
        if (output.json) {
            new AnswerJson(terminal.out(), "analyze", environment.version())
                    .print(code, diagnoses.stream().map(Observed::whole).toList());
            return code;
        }
        for (Diagnosis diagnosis : diagnoses) {
            terminal.line(summary(diagnosis.history()));
            terminal.line();
            diagnosis.print(terminal);
        }
        return code;
    }

    private static String summary(History history) {
        Source source = history.latest().source();
        String kind = switch (source.distance()) {
            case TEXT_DUMP -> "text thread dump";
            case JSON_DUMP -> "JSON thread dump";
            case JOINED_DUMPS -> "text and JSON thread dump of one JVM";
            case ATTACH -> "sample of an attached agent";
            case HEAP -> "heap dump";
            case RECORDING -> "recording";
        };
        int dumps = history.snapshots().size();
        return source.description() + ": " + (dumps == 1 ? kind : dumps + " × " + kind) + ", JVM "
                + (source.jvmVersion() == null ? "of unknown version" : source.jvmVersion()) + ", "
                + Labels.count(history.latest().tasks().size(), "task")
                + (history.latest().takenAt() == null
                        ? ""
                        : ", taken " + history.latest().takenAt());
    }
}
