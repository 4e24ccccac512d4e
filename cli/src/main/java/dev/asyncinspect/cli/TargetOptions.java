package dev.asyncinspect.cli;

import dev.asyncinspect.model.History;
import dev.asyncinspect.sources.JvmProcess;
import dev.asyncinspect.sources.LiveJvms;
import dev.asyncinspect.sources.SourceException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What to look at and how: a live JVM or dump files. */
final class TargetOptions {

    private static final int MOST_SAMPLES = 1000;
    private static final Pattern NAME_OF_A_JVM = Pattern.compile("\\d+|.*\\.(jar|war|class)");

    /** No main class is called so: who writes this and has no such file is to hear of the file. */
    private static final Pattern NAME_OF_A_FILE = Pattern.compile(".*/.*|.*\\.(air(\\.\\d+)?|hprof|txt|json)");

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec command;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PID|NAME",
            description = "Process id of the JVM, or part of its main class; or a dump or recording, as with --file.")
    @Nullable
    String target;

    @Option(
            names = "--file",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Thread dumps or a recording to read instead of a live JVM; - is standard input.")
    List<String> files = new ArrayList<>();

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "2",
            description = "How often to look at a live JVM (default: ${DEFAULT-VALUE}).")
    int samples = 2;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "250ms",
            description = "Time between two looks: 250ms, 2s; without a unit milliseconds (default: ${DEFAULT-VALUE}).")
    Duration interval = Duration.ofMillis(250);

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "How long to wait for one answer of the JVM (default: ${DEFAULT-VALUE}).")
    Duration timeout = Duration.ofSeconds(10);

    @Mixin
    ClassPathOption classPath = new ClassPathOption();

    @Option(
            names = "--virtual-thread-dump",
            description = "Also take the JDK's own dump of virtual threads. It can crash a busy JVM on JDK 25:"
                    + " see docs/safety/jdk-virtual-thread-dump.md.")
    boolean virtualThreadDump;

    @Option(
            names = "--virtual-thread-monitors",
            description = "Attach, and also read the monitors of virtual threads that stand still (JDK 25). It is less"
                    + " tried: see docs/safety/reader.md.")
    boolean virtualThreadMonitors;

    @Mixin
    AtOption at = new AtOption();

    @ArgGroup(exclusive = true)
    @Nullable
    Closeness closeness;

    /** Whether an agent may be loaded into a live JVM. */
    static final class Closeness {

        @Option(
                names = "--attach",
                description = "Load an agent into the JVM that reads its objects (it leaves again): virtual threads,"
                        + " owners of locks, futures, pools. See docs/safety/attach.md.")
        boolean attach;

        @Option(names = "--no-attach", description = "Load nothing into the JVM, whatever stays unseen.")
        boolean noAttach;
    }

    /** A file in place of a JVM is read as with {@code --file}: nobody has to remember which command wants it how. */
    void takeFile() {
        String named = target;
        if (named != null && files.isEmpty() && isFile(named)) {
            files = List.of(named);
            target = null;
        }
    }

    /** Jars and class files are left out, and numbers: they are what JVMs are named by. */
    private static boolean isFile(String name) {
        try {
            return !NAME_OF_A_JVM.matcher(name).matches()
                    && (Files.isRegularFile(Path.of(name))
                            || NAME_OF_A_FILE.matcher(name).matches());
        } catch (InvalidPathException e) {
            return false; // then it can only be a JVM
        }
    }

    /** Looks at the target from a dump, or from its objects if that is asked for. */
    List<History> observe(Environment environment, Terminal terminal) throws SourceException {
        return observe(environment, terminal, dump -> true);
    }

    /**
     * Looks at the target from a dump and, if that is not enough and not forbidden, from its objects.
     *
     * @param enough whether what a dump shows needs no closer look
     */
    List<History> observe(Environment environment, Terminal terminal, Predicate<History> enough)
            throws SourceException {
        takeFile();
        if ((target == null) == files.isEmpty()) {
            throw usage(
                    target == null
                            ? "name a JVM (PID or part of its main class) or give --file FILE"
                            : "give either a JVM or --file, not both");
        }
        if (samples < 1 || samples > MOST_SAMPLES) {
            throw usage("--samples must be between 1 and " + MOST_SAMPLES + ": " + samples);
        }
        if (virtualThreadMonitors && (virtualThreadDump || (closeness != null && closeness.noAttach))) {
            throw usage("--virtual-thread-monitors attaches: give it without --no-attach and --virtual-thread-dump");
        }
        if (timeout.isZero()) {
            throw usage("--timeout must be longer than nothing");
        }
        if (at.at != null && files.isEmpty()) {
            throw usage("--at is for recordings; name one with --file");
        }
        Observations observations = environment.observations();
        if (target != null) {
            JvmProcess jvm = observations.find(target);
            LiveJvms.Sampling sampling =
                    new LiveJvms.Sampling(samples, interval, timeout, virtualThreadDump, virtualThreadMonitors);
            LiveLook look = new LiveLook(observations, terminal, sampling, classPath.classFiles());
            return List.of(look.at(jvm, closeness(), enough));
        }
        if (files.equals(List.of("-"))) {
            return observations.read(environment.input(), classPath.classFiles());
        }
        if (files.contains("-")) {
            throw usage("- (standard input) cannot be read together with other files");
        }
        return observations.read(files.stream().map(Path::of).toList(), classPath.classFiles(), at);
    }

    private LiveLook.Closeness closeness() {
        if (virtualThreadMonitors || (closeness != null && closeness.attach)) {
            return LiveLook.Closeness.ALWAYS;
        }
        boolean forbidden = closeness != null && closeness.noAttach;
        return forbidden || virtualThreadDump ? LiveLook.Closeness.NEVER : LiveLook.Closeness.IF_NEEDED;
    }

    ParameterException usage(String message) {
        return new ParameterException(command == null ? new CommandLine(this) : command.commandLine(), message);
    }
}
