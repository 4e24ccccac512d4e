package dev.asyncinspect.cli;

import dev.asyncinspect.model.History;
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

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", description = "${COMPLETION-CANDIDATES}.")
    Format format = Format.text;

    @Override
    ExitCode answer(Terminal terminal, Environment environment) throws Exception {
        List<History> histories = target.observe(environment.observations());
        if (output.json) {
            List<Diagnosis> seen =
                    histories.stream().map(h -> new Diagnosis(h, List.of())).toList();
            AnswerJson.print(terminal.out(), "graph", ExitCode.HEALTHY, seen, false);
            return ExitCode.HEALTHY;
        }
        for (History history : histories) {
            WaitEdges edges = WaitEdges.of(history.latest());
            switch (format) {
                case text -> {
                    WaitTree.print(terminal, edges);
                    terminal.line(CoverageText.of(history));
                }
                case dot -> GraphDiagrams.dot(terminal, edges);
                case mermaid -> GraphDiagrams.mermaid(terminal, edges);
            }
        }
        return ExitCode.HEALTHY;
    }
}
