package dev.asyncinspect.cli;

import dev.asyncinspect.cli.processes.CommandTree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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

/** {@code test}: runs a command and says why, if the JVMs that it starts hang. */
@Command(
        name = "test",
        description = {
            "Runs a command, a build with tests say, and says why if the JVMs that it starts hang.",
            "Nothing of the build is changed. While something moves (a thread of the program works or stands elsewhere,"
                    + " or the processes compute) it is no hang. What is said goes to stderr."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 124:the command hung, and was stopped (only with --fail-on-hang)",
            " 126:the command could not be run",
            " 130:ended by Ctrl-C (143 by SIGTERM), and the command with all it started too",
            " 2:wrong command line",
            " any other:that of the command"
        },
        footer = {
            "",
            "Examples:",
            "  async-inspect test -- ./mvnw test",
            "  async-inspect test --timeout 30s --fail-on-hang -- ./gradlew test",
            "  async-inspect test --limit 20m --fail-on-hang --evidence target/hang -- ./mvnw verify"
        })
final class TestCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "The command and its arguments, best after --.")
    List<String> command = new ArrayList<>();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "A hang is when nothing has moved for so long (default: ${DEFAULT-VALUE}).")
    Duration timeout = Duration.ofSeconds(60);

    @Option(
            names = "--limit",
            paramLabel = "TIME",
            description =
                    "Say where it stands, as if it hung, when the command still runs after this time, whatever moves.")
    @Nullable
    Duration limit;

    @Option(
            names = "--fail-on-hang",
            description = "Stop the command and all it started when it hangs; else it is left alone.")
    boolean failOnHang;

    @Option(
            names = "--evidence",
            paramLabel = "FOLDER",
            defaultValue = "async-inspect-evidence",
            description = "Where each hang gets a folder: text, JSON, thread dumps (default: ${DEFAULT-VALUE}).")
    Path evidence = Path.of("async-inspect-evidence");

    @Option(names = "--no-attach", description = "Load nothing into the JVMs, whatever stays unseen.")
    boolean noAttach;

    @Option(
            names = "--no-prove",
            description =
                    "Do not look at the heap of a hanging JVM before it is stopped, even if nothing else tells why.")
    boolean noProve;

    @Mixin
    ScreenOptions screen = new ScreenOptions();

    @ParentCommand
    @Nullable
    Cli cli;

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (timeout.compareTo(HangWatch.SHORTEST) < 0) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--timeout must be at least " + HangWatch.SHORTEST.toSeconds() + "s: a pause is no hang");
        }
        if (limit != null && limit.isZero()) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "--limit must be longer than nothing");
        }
        Cli parent = Objects.requireNonNull(cli);
        Terminal terminal = screen.onStderr(parent);
        try (CommandTree tree = CommandTree.start(command)) {
            HangWatch watch = new HangWatch(tree, parent.environment.observations(), timeout, limit, terminal::line);
            HangReport report = new HangReport(
                    terminal,
                    parent.environment,
                    evidence,
                    new HangReport.Closeness(!noAttach, failOnHang && !noAttach && !noProve));
            while (true) {
                Hang hang = watch.await();
                if (hang == null) {
                    return tree.exitCode();
                }
                report.of(hang, String.join(" ", command));
                if (failOnHang) {
                    terminal.line("async-inspect: stopping the command (exit code " + ExitCode.HUNG.code() + ")");
                    tree.stop(Duration.ofSeconds(10));
                    return ExitCode.HUNG.code();
                }
            }
        } catch (IOException e) {
            terminal.line(
                    "async-inspect: cannot run '" + command.get(0) + "': " + Failures.oneLine(e.getMessage() + ""));
            return ExitCode.NOT_RUN.code();
        }
    }
}
