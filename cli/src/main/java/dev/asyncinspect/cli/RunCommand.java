package dev.asyncinspect.cli;

import dev.asyncinspect.cli.processes.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code run}: starts a Java program that records from its beginning. */
@Command(
        name = "run",
        description = {
            "Starts a Java program that records what its threads and tasks do from the beginning.",
            "The program has our standard streams; nothing is printed besides, but a line at its end if the file of --to lacks something."
                    + " While it runs, name its PID to other commands. Ctrl-C ends it as it would without us, and what it recorded is kept."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 126:the program could not be run",
            " 130:ended by Ctrl-C (143 by SIGTERM), when the program had ended too",
            " 2:wrong command line",
            " any other:that of the program"
        },
        footer = {
            "",
            "Examples:",
            "  async-inspect run app.jar --port 8080",
            "  async-inspect run --to shop.air --class-path build/classes my.app.Main",
            "  async-inspect run -- java -Xmx1g -jar app.jar"
        })
final class RunCommand implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "JAR|MAIN|java ...",
            description = "A jar or a main class with its arguments; or a whole command line of java, best after --.")
    List<String> program = new ArrayList<>();

    @Option(
            names = {"-cp", "--class-path"},
            paramLabel = "PATH",
            description = "Where the main class is, if one is named.")
    @Nullable
    String classPath;

    @Option(
            names = "--memory-mb",
            paramLabel = "N",
            description = "Memory for recorded events in the program (default: 16, or what the mode has).")
    @Nullable
    Integer megabytes;

    @Mixin
    AmountOptions amount = new AmountOptions();

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description =
                    "Record to this file as well, for stats, timeline, why and others. What was there is moved aside.")
    @Nullable
    Path to;

    @Option(names = "--sites", description = "Record the line that submits each task, too: some microseconds a task.")
    boolean sites;

    @Option(
            names = "--locks",
            description = "Record who takes locks of java.util.concurrent, in which order and at which line: for"
                    + " lock-order-inversion. Some microseconds each.")
    boolean locks;

    @Option(
            names = "--context",
            description = "Record which keys the program puts into logging contexts (MDC of Logback, ThreadContext of"
                    + " Log4j), and which scoped values are bound where, never a value: for context-lost and"
                    + " context-stale.")
    boolean context;

    @ParentCommand
    @Nullable
    Cli cli;

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        String bundle = System.getProperty("dev.asyncinspect.bundle");
        if (bundle == null) {
            throw usage("no agent to give to the program: async-inspect does not run from its jar");
        }
        if (megabytes != null && (megabytes < 1 || megabytes > 1024)) {
            throw usage("--memory-mb must be 1 to 1024: " + megabytes);
        }
        String problem = amount.problem();
        if (problem != null) {
            throw usage(problem);
        }
        List<String> command = command(agent(bundle));
        try {
            int exitCode = Program.run(command);
            String loss = to == null ? null : OutputFile.loss(to, exitCode);
            if (loss != null) {
                tell(loss);
            }
            return exitCode;
        } catch (IOException e) {
            tell("cannot run '" + command.get(0) + "': " + Failures.oneLine(String.valueOf(e.getMessage())));
            return ExitCode.NOT_RUN.code();
        }
    }

    private void tell(String line) {
        Objects.requireNonNull(cli).err.println("async-inspect: " + line);
    }

    /** The agent with its options. */
    String agent(String bundle) {
        return "-javaagent:" + bundle + "=record"
                + (megabytes == null ? "" : ",memory-mb=" + megabytes)
                + (amount.text().isEmpty() ? "" : "," + amount.text())
                + (sites ? ",sites" : "")
                + (locks ? ",locks" : "")
                + (context ? ",context" : "")
                + toFile();
    }

    private String toFile() {
        if (to == null) {
            return "";
        }
        Path file = to.toAbsolutePath().normalize();
        if (file.toString().contains(",")) {
            throw usage("--to must be a path without a comma: " + to);
        }
        String problem = OutputFile.problem("--to", to);
        if (problem != null) {
            throw usage(problem);
        }
        return ",to=" + file;
    }

    /** The command line with the agent in it. */
    List<String> command(String agent) {
        String first = program.get(0);
        List<String> rest = program.subList(1, program.size());
        List<String> command = new ArrayList<>();
        if (first.equals("java") || first.endsWith("/java")) {
            command.add(first);
            command.add(agent);
        } else {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add(agent);
            if (first.endsWith(".jar")) {
                command.addAll(classPath == null ? List.of("-jar", first) : refuseClassPath());
            } else {
                command.addAll(classPath == null ? List.of(first) : List.of("-cp", classPath, first));
            }
        }
        command.addAll(rest);
        return command;
    }

    private List<String> refuseClassPath() {
        throw usage("a jar names its own class path: leave --class-path out");
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
