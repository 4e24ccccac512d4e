package dev.asyncinspect.cli;

import dev.asyncinspect.sources.SourceException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The command line of async-inspect. */
@Command(
        name = "async-inspect",
        description = "Says why a JVM is stuck: which task waits, at which await, for what, held by whom.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            WhyCommand.class,
            TasksCommand.class,
            TaskCommand.class,
            GraphCommand.class,
            ListCommand.class,
            AnalyzeCommand.class,
            DemoCommand.class,
            InfoCommand.class,
            VersionCommand.class,
            CompletionCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 healthy, 1 findings (PROVEN or LIKELY), 2 wrong command line, 3 JVM not reachable, 4 incomplete.",
            "",
            "Try it: async-inspect demo"
        })
public final class Cli implements Runnable {

    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Show this help.")
    boolean help;

    @CommandLine.Spec
    @Nullable
    CommandSpec spec;

    final Environment environment;
    final PrintStream out;
    final PrintStream err;

    private Cli(Environment environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int code = run(args, out, err, Environment.real());
        out.flush();
        Runtime.getRuntime().halt(code); // no shutdown hooks of ours; a thread stuck in attach must not keep us
    }

    /** Runs one command; returns its exit code. */
    static int run(String[] args, PrintStream out, PrintStream err, Environment environment) {
        CommandLine line = new CommandLine(new Cli(environment, out, err));
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        line.registerConverter(Duration.class, new DurationConverter());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(100);
        line.setParameterExceptionHandler((wrong, given) -> usageError(wrong, err));
        line.setExecutionExceptionHandler((failure, command, parsed) -> failure(failure, err, environment));
        return line.execute(args);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                new CommandLine(this), "name a command, for example: async-inspect why PID");
    }

    private static int usageError(CommandLine.ParameterException wrong, PrintStream err) {
        String message = wrong.getMessage() == null ? "wrong command line" : wrong.getMessage();
        err.println("async-inspect: " + message.lines().findFirst().orElse(""));
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName(" ");
        err.println("Run '" + (command.startsWith("async-inspect") ? command : "async-inspect") + " --help' for help.");
        return ExitCode.USAGE.code();
    }

    private static int failure(Exception failure, PrintStream err, Environment environment) {
        boolean debug = !environment.variable("ASYNC_INSPECT_DEBUG").isEmpty();
        if (debug) {
            failure.printStackTrace(err);
        }
        if (failure instanceof SourceException source) {
            err.println("async-inspect: " + source.getMessage());
            return (source.reason() == SourceException.Reason.UNREACHABLE ? ExitCode.UNREACHABLE : ExitCode.INCOMPLETE)
                    .code();
        }
        err.println("async-inspect: internal error: " + failure
                + (debug ? "" : "; set ASYNC_INSPECT_DEBUG=1 and report what it prints"));
        return ExitCode.INCOMPLETE.code();
    }
}
