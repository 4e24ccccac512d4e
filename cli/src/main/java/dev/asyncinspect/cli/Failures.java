package dev.asyncinspect.cli;

import dev.asyncinspect.sources.SourceException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What went wrong, in one line for a person; the stack only for those who ask for it. */
final class Failures {

    private static final String DEBUG = "ASYNC_INSPECT_DEBUG";
    private static final int SUGGESTIONS = 3;

    private Failures() {}

    /** Says what is wrong with the command line. */
    static int wrongUsage(ParameterException wrong, PrintStream err) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName(" ");
        err.println("async-inspect: " + message(wrong));
        err.println("Run '" + command + " --help' for help.");
        return ExitCode.USAGE.code();
    }

    /** Says what kept a command from its answer. */
    static int report(Throwable failure, PrintStream err, Environment environment) {
        boolean debug = !environment.variable(DEBUG).isEmpty();
        if (debug) {
            failure.printStackTrace(err);
        }
        if (failure instanceof SourceException source) {
            err.println("async-inspect: " + oneLine(String.valueOf(source.getMessage())));
            return Cli.codeOf(source).code();
        }
        String what = failure instanceof OutOfMemoryError
                ? "out of memory; give it more with JAVA_TOOL_OPTIONS=-Xmx" + twiceAsMuch() + "g"
                : "internal error: " + oneLine(failure.toString());
        err.println("async-inspect: " + what + (debug ? "" : "; set " + DEBUG + "=1 for details"));
        return ExitCode.INCOMPLETE.code();
    }

    /** Gigabytes. */
    private static long twiceAsMuch() {
        return Math.max(1, (2 * Runtime.getRuntime().maxMemory()) >> 30);
    }

    private static String message(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            boolean atRoot = unmatched.getCommandLine().getParent() == null;
            String what = word.startsWith("-") ? "unknown option" : atRoot ? "unknown command" : "unexpected argument";
            return what + " '" + oneLine(word) + "'" + didYouMean(unmatched.getSuggestions());
        }
        String message = wrong.getMessage();
        return message == null ? "wrong command line" : oneLine(message);
    }

    private static String didYouMean(List<String> suggestions) {
        return suggestions.isEmpty()
                ? ""
                : "; did you mean " + suggestions.stream().limit(SUGGESTIONS).collect(Collectors.joining(" or ")) + "?";
    }

    /** Why a file or folder could not be made or written. */
    static String ofFile(IOException failure) {
        if (failure instanceof FileSystemException at && at.getReason() == null) {
            String problem = failure instanceof AccessDeniedException
                    ? "no permission"
                    : failure instanceof NoSuchFileException
                            ? "it cannot be made"
                            : failure instanceof FileAlreadyExistsException
                                    ? "it is no folder"
                                    : "it cannot be written";
            return oneLine(at.getFile() + ": " + problem);
        }
        return oneLine(String.valueOf(failure.getMessage()));
    }

    static String oneLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
