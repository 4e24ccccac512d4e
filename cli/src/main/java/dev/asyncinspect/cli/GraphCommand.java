package dev.asyncinspect.cli;

import dev.asyncinspect.model.History;
import dev.asyncinspect.model.Snapshot;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graph}: who waits for whom, as a tree, DOT or Mermaid. */
@Command(
        name = "graph",
        description = "Draws who waits for whom.",
        footer = {
            "",
            "Examples:",
            "  async-inspect graph 4711",
            "  async-inspect graph 4711 --format dot | dot -Tsvg > waits.svg",
            "  async-inspect graph --file dump.txt --format mermaid"
        })
final class GraphCommand extends AnswerCommand {

    enum Format {
        text,
        dot,
        mermaid
    }

    @Mixin
    TargetOptions target = new TargetOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "How to draw: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    Format format = Format.text;

    @Option(
            names = "--all",
            description =
                    "Also tasks that wait for nobody in particular, or not at all (default: only who waits for a known"
                            + " holder, and the holders).")
    boolean all;

    @Override
    ExitCode answer(Terminal terminal, Environment environment) throws Exception {
        List<History> histories = target.observe(environment, terminal);
        if (output.json) {
            new AnswerJson(terminal.out(), "graph", environment.version())
                    .print(
                            ExitCode.HEALTHY,
                            histories.stream()
                                    .map(h -> Observed.part(h, shown(h.latest())))
                                    .toList());
            return ExitCode.HEALTHY;
        }
        for (History history : histories) {
            WaitEdges edges = WaitEdges.of(history.latest(), all);
            switch (format) {
                case text -> {
                    WaitTree.print(terminal, edges);
                    terminal.line(CoverageText.of(history, terminal));
                }
                case dot -> GraphDiagrams.dot(terminal, edges);
                case mermaid -> GraphDiagrams.mermaid(terminal, edges);
            }
        }
        return ExitCode.HEALTHY;
    }

    private Snapshot shown(Snapshot snapshot) {
        return all ? snapshot : snapshot.withTasks(WaitEdges.of(snapshot, false).tasks());
    }
}
