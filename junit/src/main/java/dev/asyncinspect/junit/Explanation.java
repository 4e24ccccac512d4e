package dev.asyncinspect.junit;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What async-inspect says of the JVM we are in, asked from a process of its own. */
final class Explanation {

    /*
     * A process of its own, because whatever hangs here must not hang the explanation, and because none of its libraries then
     * meets those of the tests.
     */

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int FINDINGS = 1;
    private static final int NO_ANSWER = 3;

    /** Options of the JVM that would be announced on its stderr, or load the agents of the tests into it. */
    private static final List<String> UNWANTED = List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS");

    private final Path evidence;

    /** Explanations whose evidence is kept below this folder. */
    Explanation(Path evidence) {
        this.evidence = evidence;
    }

    /**
     * What was found out.
     *
     * @param text for a person; ends with the place of the evidence
     * @param evidence the folder that keeps what was seen; it is not there if it could not be written
     */
    record Told(String text, Path evidence) {}

    /** Why this thread waits; says so if it cannot tell. */
    Told why(String about, long threadId) {
        Path folder = free(about).toAbsolutePath();
        String task = "--task=" + threadId;
        Answer why = ask("why", task, "--evidence", folder.toString());
        return new Told(text(why, task) + "\nevidence: " + folder, folder);
    }

    /** The virtual threads with code of this class or package on their stack, one row of a table each; none if it cannot tell. */
    List<String> virtualThreadsIn(String classOrPackage) {
        Answer table =
                ask("tasks", "--attach", "--samples=1", "--kind=virtual_thread", "--no-fold", "--in=" + classOrPackage);
        return table.code == NO_ANSWER ? List.of() : table.text.lines().toList();
    }

    private static String text(Answer why, String task) {
        if (why.code == FINDINGS) {
            return why.text;
        }
        Answer proof = ask("prove", task); // what dumps and objects do not show may show from what can still be reached
        return proof.code == FINDINGS || proof.text.contains(" detected!")
                ? proof.text
                : "No finding explains it.\n" + why.text;
    }

    private record Answer(int code, String text) {}

    private static Answer ask(String command, String... options) {
        Path out = null;
        try {
            out = Files.createTempFile("async-inspect-", ".txt");
            List<String> line = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-jar",
                    jar(),
                    command,
                    String.valueOf(ProcessHandle.current().pid()),
                    "--color=never"));
            line.addAll(Arrays.asList(options));
            ProcessBuilder builder =
                    new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(out.toFile());
            UNWANTED.forEach(builder.environment()::remove);
            Process process = builder.start();
            Thread atExit = new Thread(process::destroy, "async-inspect-stopper"); // it does not outlive us
            try {
                Runtime.getRuntime().addShutdownHook(atExit);
                process.getOutputStream().close();
                if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    return new Answer(NO_ANSWER, "async-inspect did not answer within " + PATIENCE.toSeconds() + " s");
                }
            } finally {
                process.destroy(); // asked, not killed: it has files to remove
                Runtime.getRuntime().removeShutdownHook(atExit);
            }
            return new Answer(process.exitValue(), withoutAnnouncements(Files.readString(out, StandardCharsets.UTF_8)));
        } catch (IllegalStateException e) {
            return new Answer(NO_ANSWER, "the JVM is ending");
        } catch (IOException e) {
            return new Answer(NO_ANSWER, "async-inspect could not be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(NO_ANSWER, "interrupted while async-inspect looked");
        } finally {
            TemporaryFiles.remove(out);
        }
    }

    private static String withoutAnnouncements(String text) {
        List<String> lines = text.lines()
                .filter(line -> !line.startsWith("async-inspect: ")
                        && !line.startsWith("WARNING: ")
                        && !line.startsWith("[ OK ]"))
                .toList();
        return String.join("\n", lines).strip();
    }

    private static String jar() throws IOException {
        try {
            CodeSource source =
                    Class.forName("dev.asyncinspect.Main").getProtectionDomain().getCodeSource();
            return Path.of(source.getLocation().toURI()).toString();
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IOException("its jar (dev.asyncinspect:async-inspect) is not on the class path", e);
        }
    }

    private Path free(String about) {
        String name = about.replaceAll("[^A-Za-z0-9._-]+", "_").replaceAll("_+$", "");
        Path folder = evidence.resolve(name);
        for (int i = 2; Files.exists(folder); i++) {
            folder = evidence.resolve(name + "-" + i);
        }
        return folder;
    }
}
