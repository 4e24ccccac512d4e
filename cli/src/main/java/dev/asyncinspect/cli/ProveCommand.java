package dev.asyncinspect.cli;

import dev.asyncinspect.model.History;
import dev.asyncinspect.sources.ClassFiles;
import dev.asyncinspect.sources.JvmProcess;
import dev.asyncinspect.sources.SourceException;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code prove}: what can never go on in a JVM, proven from its heap. */
@Command(
        name = "prove",
        description = {
            "Proves from the heap of a JVM which of its tasks can never go on.",
            "The JVM stands still while its heap is written to a file, which is removed afterwards. An"
                    + " existing heap dump is read by: async-inspect analyze FILE.hprof"
        },
        footer = {"", "Examples:", "  async-inspect prove 4711", "  async-inspect prove my.app.Main --timeout 10m"})
final class ProveCommand extends AnswerCommand {

    @Parameters(paramLabel = "PID|NAME", description = "Process id of the JVM, or part of its main class.")
    String target = "";

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "5m",
            description = "How long writing and reading the heap may take (default: ${DEFAULT-VALUE}).")
    Duration timeout = Duration.ofMinutes(5);

    @Mixin
    ClassPathOption classPath = new ClassPathOption();

    @Mixin
    TaskOption about = new TaskOption();

    @Override
    ExitCode answer(Terminal terminal, Environment environment) throws Exception {
        Observations observations = environment.observations();
        JvmProcess jvm = observations.find(target);
        Diagnosis whole = Diagnosis.of(heap(observations, jvm, timeout, classPath.classFiles(), terminal));
        about.check(List.of(whole));
        Diagnosis diagnosis = about.narrow(whole);
        if (output.json) {
            new AnswerJson(terminal.out(), "prove", environment.version())
                    .print(diagnosis.exitCode(), List.of(Observed.whole(diagnosis)));
        } else {
            diagnosis.print(terminal);
            about.printOthers(terminal, whole);
        }
        return diagnosis.exitCode();
    }

    /** The heap of this JVM, once it was said what it costs. */
    static History heap(
            Observations observations, JvmProcess jvm, Duration timeout, ClassFiles classes, Terminal terminal)
            throws SourceException {
        return observations.prove(
                jvm,
                timeout,
                classes,
                cost -> terminal.err()
                        .println("async-inspect: process " + jvm.pid() + " stands still while its heap is written: "
                                + cost));
    }
}
