package dev.asyncinspect.cli;

import dev.asyncinspect.sources.SourceException;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The command line of async-inspect. */
@Command(
        name = "async-inspect",
        description = "Says why a JVM is stuck: which task waits, at which await, for what, held by whom.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Try it: async-inspect demo"})
public final class Cli implements Runnable {

    private static final int OUTPUT_BUFFER_BYTES = 1 << 16;

    private static final int WIDEST_HELP = 100;
    private static final int NARROWEST_HELP = 55;

    /** No option is of these; to make picocli ready for them takes longer than to read the words of a command. */
    private static final String UNUSED_TYPES = "java[.](sql|time)[.].*";

    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Show this help.")
    boolean help;

    @CommandLine.Option(
            names = {"-V", "--version"},
            description = "Print the version.")
    boolean version;

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
        System.setProperty("picocli.converters.excludes", UNUSED_TYPES);
        Results out =
                Results.to(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), OUTPUT_BUFFER_BYTES));
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int code = delivered(run(args, out, err, Environment.real()), out, err);
        if (!isEnding()) {
            Runtime.getRuntime().halt(code); // no shutdown hooks of ours; a thread stuck in attach must not keep us
        }
    }

    /** What a command ends with after its results are printed: who does not get them is told so. */
    static int delivered(int code, Results out, PrintStream err) {
        out.flush();
        String loss = out.loss();
        if (loss == null) {
            return code;
        }
        err.println("async-inspect: the answer could not be written: " + Failures.oneLine(loss));
        return ExitCode.INCOMPLETE.code();
    }

    /** Whether a signal is ending us already: then its exit code counts, and the hooks that clean up must come to their end. */
    private static boolean isEnding() {
        try {
            Thread probe = new Thread(() -> {}, "async-inspect-probe");
            Runtime.getRuntime().addShutdownHook(probe);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    /** Runs one command; returns its exit code. */
    static int run(String[] args, PrintStream out, PrintStream err, Environment environment) {
        try {
            return commandLine(out, err, environment, Commands.named(args)).execute(args);
        } catch (Throwable t) { // whatever it is, a person gets one line
            return Failures.report(t, err, environment);
        }
    }

    /** With all commands, for help and completion. */
    static CommandLine commandLine(PrintStream out, PrintStream err, Environment environment) {
        return commandLine(out, err, environment, Commands.ALL);
    }

    private static CommandLine commandLine(
            PrintStream out, PrintStream err, Environment environment, Collection<String> commands) {
        CommandLine line = new CommandLine(new Cli(environment, out, err));
        commands.forEach(name -> line.addSubcommand(name, Commands.make(name)));
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        line.registerConverter(Duration.class, new DurationConverter());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(helpWidth(environment.columns()));
        ExitCode.document(line);
        for (String command : Commands.OF_ANOTHER_COMMAND) {
            CommandLine known = line.getSubcommands().get(command);
            if (known != null) {
                known.setStopAtPositional(true); // the rest is the other command's
            }
        }
        line.setParameterExceptionHandler((wrong, given) -> Failures.wrongUsage(wrong, err));
        line.setExecutionExceptionHandler((failure, command, parsed) -> Failures.report(failure, err, environment));
        return line;
    }

    /** As wide as the terminal, but neither so wide that lines are hard to read nor narrower than a help text can be. */
    private static int helpWidth(int columns) {
        return columns == 0 ? WIDEST_HELP : Math.max(NARROWEST_HELP, Math.min(columns, WIDEST_HELP));
    }

    @Override
    public void run() {
        if (version) {
            out.println("async-inspect " + environment.version());
            return;
        }
        throw new CommandLine.ParameterException(
                new CommandLine(this), "name a command, for example: async-inspect why PID");
    }

    /** The exit code for what kept a source from being read. */
    static ExitCode codeOf(SourceException failure) {
        return failure.reason() == SourceException.Reason.UNREACHABLE ? ExitCode.UNREACHABLE : ExitCode.INCOMPLETE;
    }
}
