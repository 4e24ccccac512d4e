package dev.asyncinspect.cli;

import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code mcp}: the tools for assistants. */
@Command(
        name = "mcp",
        description = {
            "Serves the answers as tools to an assistant, by the Model Context Protocol on stdin and stdout.",
            "Unless it is allowed here, nothing is loaded into a JVM and no heap is dumped. Command lines of programs and"
                    + " contents of objects are never told; names of threads and classes are."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {" 0:stdin has ended", " 2:wrong command line"},
        footer = {
            "",
            "Example, in the configuration of an assistant:",
            "  { \"command\": \"java\", \"args\": [\"-jar\", \"async-inspect.jar\", \"mcp\"] }"
        })
final class McpCommand implements Callable<Integer> {

    @Option(
            names = "--allow-attach",
            description = "Let it load an agent into a JVM when it is asked to. See docs/safety/attach.md.")
    boolean attach;

    @Option(
            names = "--allow-prove",
            description = "Let it dump the heap of a JVM, which stands still meanwhile, with the tool prove.")
    boolean prove;

    @ParentCommand
    @Nullable
    Cli cli;

    @Override
    public Integer call() throws Exception {
        Cli parent = Objects.requireNonNull(cli);
        Terminal notes = new Terminal(parent.err, parent.err, false, false, 0, 0);
        List<McpTool> tools = new McpTools(parent.environment, notes, attach, prove).all();
        OutputStream answers = parent.out;
        System.setOut(parent.err); // whatever a library prints must not come between the answers
        new ToolServer(tools, parent.environment.version(), parent.err).serve(parent.environment.input(), answers);
        return ExitCode.HEALTHY.code();
    }
}
