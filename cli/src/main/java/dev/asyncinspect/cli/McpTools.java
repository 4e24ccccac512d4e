package dev.asyncinspect.cli;

import dev.asyncinspect.cli.McpTool.Parameter;
import dev.asyncinspect.model.History;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskNumber;
import dev.asyncinspect.sources.ClassFiles;
import dev.asyncinspect.sources.JvmProcess;
import dev.asyncinspect.sources.LiveJvms;
import dev.asyncinspect.sources.SourceException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The tools: the commands, with their answers cut down to a size that an assistant can read. */
final class McpTools {

    private static final Duration BETWEEN_SAMPLES = Duration.ofMillis(250);
    private static final Duration DUMP_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration HEAP_TIMEOUT = Duration.ofMinutes(5);
    private static final int TASKS = 50;
    private static final int MOST_TASKS = 200;
    private static final int MOST_TARGETS = 10;

    private static final Parameter JVM = new Parameter(
            "jvm", "string", true, "Process id of the JVM, or a part of its main class that fits only one.");

    private final Environment environment;
    private final Terminal terminal;
    private final boolean attach;
    private final boolean prove;

    /**
     * The tools.
     *
     * @param terminal where what is announced goes
     * @param attach whether an agent may be loaded into a JVM
     * @param prove whether the heap of a JVM may be dumped, which stops it for a while
     */
    McpTools(Environment environment, Terminal terminal, boolean attach, boolean prove) {
        this.environment = environment;
        this.terminal = terminal;
        this.attach = attach;
        this.prove = prove;
    }

    List<McpTool> all() {
        List<McpTool> tools = new ArrayList<>(List.of(
                new McpTool(
                        "list_jvms",
                        "Lists the JVMs of this machine and what keeps us from looking at them.",
                        List.of(),
                        true,
                        (arguments, out) -> list(out)),
                live(
                        "why",
                        "Says why a JVM is stuck or slow: all findings, worst first, each with its confidence, its evidence"
                                + " and what to change. Start here.",
                        List.of(),
                        this::why),
                live(
                        "tasks",
                        "Lists tasks (platform and virtual threads) of a JVM with their stacks and what they wait for.",
                        List.of(
                                new Parameter(
                                        "name", "string", false, "Only tasks whose name contains this; * is anything."),
                                new Parameter("from", "integer", false, "Leave out so many tasks first (default: 0)."),
                                new Parameter(
                                        "limit",
                                        "integer",
                                        false,
                                        "At most so many tasks, up to " + MOST_TASKS + " (default: " + TASKS + ").")),
                        this::tasks),
                live(
                        "task",
                        "Shows one task: its stack and the chain of waits down to the root cause.",
                        List.of(new Parameter(
                                "id", "integer", true, "The number of the task, as the other tools give it.")),
                        this::task),
                live(
                        "graph",
                        "Shows who waits for whom: the tasks that wait for something with a known holder, the holders, and"
                                + " the resources between them.",
                        List.of(),
                        this::graph),
                new McpTool(
                        "analyze_file",
                        "All findings in a thread dump (jstack, Thread.print, JSON) or a heap dump (.hprof) on this machine.",
                        List.of(new Parameter("file", "string", true, "The path of the file.")),
                        true,
                        this::analyze)));
        if (prove) {
            tools.add(new McpTool(
                    "prove",
                    "Proves from the heap of a JVM which of its tasks can never go on. The JVM stands still while its heap is"
                            + " written to a file, which is removed afterwards.",
                    List.of(JVM),
                    false,
                    this::prove));
        }
        return tools;
    }

    private McpTool live(String name, String description, List<Parameter> more, McpTool.Body body) {
        List<Parameter> parameters = new ArrayList<>(List.of(JVM));
        parameters.addAll(more);
        if (attach) {
            parameters.add(new Parameter(
                    "attach",
                    "boolean",
                    false,
                    "Load an agent into the JVM that reads its objects and leaves again: it sees virtual threads, futures and"
                            + " pools (default: false)."));
        }
        return new McpTool(name, description, parameters, !attach, body);
    }

    private void list(PrintStream out) {
        JsonOutput.print(out, "list", environment.version(), ExitCode.HEALTHY, json -> {
            json.writeName("jvms");
            json.writeStartArray();
            // Without the arguments of the programs: they may hold secrets.
            environment.observations().jvms().forEach(jvm -> ListCommand.write(jvm.withoutArguments(), json));
            json.writeEndArray();
        });
    }

    private void why(McpArguments arguments, PrintStream out) throws SourceException {
        Observations observations = environment.observations();
        Diagnosis seen = Diagnosis.of(observe(arguments));
        Diagnosis diagnosis =
                FlightRecorder.ask(observations, observations.find(arguments.text("jvm")), seen, line -> {});
        Diagnosis beyond = RecordedFindings.beyond(diagnosis);
        List<Diagnosis> whole = beyond == null ? List.of(diagnosis) : List.of(diagnosis, beyond);
        print(
                out,
                "why",
                Diagnosis.exitCode(whole),
                whole.stream().map(Excerpt::of).toList());
    }

    private void tasks(McpArguments arguments, PrintStream out) throws SourceException {
        String name = arguments.optionalText("name");
        int from = arguments.number("from", 0, 0, Integer.MAX_VALUE);
        int limit = arguments.number("limit", TASKS, 1, MOST_TASKS);
        History history = observe(arguments);
        Predicate<String> fits = NamePattern.of(name == null ? "" : name);
        List<Task> tasks = history.latest().tasks().stream()
                .filter(task -> fits.test(task.name()))
                .toList();
        print(out, "tasks", Diagnosis.completeness(history), List.of(Excerpt.of(history, tasks, from, limit)));
    }

    private void task(McpArguments arguments, PrintStream out) throws SourceException {
        long id = arguments.task("id");
        History history = observe(arguments);
        Task task = history.latest().task(id);
        if (task == null) {
            throw new IllegalArgumentException("no task " + TaskNumber.text(id) + " in "
                    + history.latest().source().description() + "; 'tasks' lists them");
        }
        List<Task> chain = WaitChain.from(task, history.latest()).tasks();
        print(out, "task", ExitCode.HEALTHY, List.of(Excerpt.of(history, chain, 0, MOST_TASKS)));
    }

    private void graph(McpArguments arguments, PrintStream out) throws SourceException {
        History history = observe(arguments);
        List<Task> tasks = WaitEdges.of(history.latest(), false).tasks();
        print(out, "graph", ExitCode.HEALTHY, List.of(Excerpt.of(history, tasks, 0, MOST_TASKS)));
    }

    private void analyze(McpArguments arguments, PrintStream out) throws SourceException {
        Path file;
        try {
            file = Path.of(arguments.text("file"));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("argument 'file' is no path", e);
        }
        List<Diagnosis> diagnoses = environment.observations().read(List.of(file), ClassFiles.none()).stream()
                .limit(MOST_TARGETS)
                .map(Diagnosis::of)
                .toList();
        print(
                out,
                "analyze",
                Diagnosis.exitCode(diagnoses),
                diagnoses.stream().map(Excerpt::of).toList());
    }

    private void prove(McpArguments arguments, PrintStream out) throws SourceException {
        Observations observations = environment.observations();
        JvmProcess jvm = observations.find(arguments.text("jvm"));
        Diagnosis diagnosis =
                Diagnosis.of(ProveCommand.heap(observations, jvm, HEAP_TIMEOUT, ClassFiles.none(), terminal));
        print(out, "prove", diagnosis.exitCode(), List.of(Excerpt.of(diagnosis)));
    }

    private History observe(McpArguments arguments) throws SourceException {
        boolean closer = attach && arguments.flag("attach");
        Observations observations = environment.observations();
        JvmProcess jvm = observations.find(arguments.text("jvm"));
        LiveJvms.Sampling sampling = new LiveJvms.Sampling(2, BETWEEN_SAMPLES, DUMP_TIMEOUT, false);
        return new LiveLook(observations, terminal, sampling, ClassFiles.none())
                .at(jvm, closer ? LiveLook.Closeness.ALWAYS : LiveLook.Closeness.NEVER, dump -> true);
    }

    private void print(PrintStream out, String command, ExitCode code, List<Observed> targets) {
        new AnswerJson(out, command, environment.version()).print(code, targets);
    }
}
