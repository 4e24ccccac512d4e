package dev.asyncinspect.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the programs that are timed as a person would start them, with their output read and thrown away. */
final class Processes {

    private Processes() {}

    /** The launcher as a command; exit codes 0 and 1 are both answers. */
    static void asyncInspect(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("./async-inspect"));
        command.addAll(List.of(arguments));
        int code = run(command);
        if (code > 1) {
            throw new IOException(command + " ended with " + code);
        }
    }

    /** A tool of the JDK that runs us. */
    static void jdkTool(String tool, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", tool).toString()));
        command.addAll(List.of(arguments));
        int code = run(command);
        if (code != 0) {
            throw new IOException(command + " ended with " + code);
        }
    }

    /** The first line that a program prints, which ends then. */
    static String firstLine(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = process.inputReader().readLine();
        process.waitFor();
        if (line == null) {
            throw new IOException("no figure from " + command);
        }
        return line;
    }

    private static int run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("benchmark", ".out");
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start()
                    .waitFor();
        } finally {
            Files.delete(output);
        }
    }
}
