package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A JVM that is recorded again and again. */
@Timeout(300)
class RecordAgainTest {

    private static final int TIMES = 4;
    private static final Pattern THRESHOLD = Pattern.compile("dev[.]asyncinspect[.][A-Z]|java[.]lang[.]AsyncInspect");

    @TempDir
    Path folder;

    static Stream<Arguments> jdks() {
        return Matrix.of(1, Jdks.onThisMachine().of(17, 25), List.of(""));
    }

    /** The JVM keeps old versions of its own classes while threads are in them, and links some of its lambdas anew. Those are not ours to count. */
    @ParameterizedTest
    @MethodSource("jdks")
    void recording_and_stopping_again_leaves_none_of_our_classes_but_those_at_the_threshold_once(
            Jdk jdk, String variant) throws Exception {
        JavaSource.compile(Path.of("src/test/programs/Ledger.java"), folder);
        try (JavaProcess ledger = JavaProcess.on(jdk, "-XX:+EnableDynamicAgentLoading")
                .with("-cp", folder.toString(), "Ledger", "healthy", "late")
                .start()) {
            ledger.awaitLine("open");
            String pid = String.valueOf(ledger.pid());
            recordAndStop(pid);
            List<String> left = ours(jdk, pid);
            while (!isThresholdOnly(left)) { // who stops does not wait until the agent is gone
                left = ours(jdk, pid);
            }
            assertThat(left).isNotEmpty();
        }
    }

    /** Whether of each class at the threshold, where an agent comes in and woven code calls out, there is one, and nothing else. */
    private static boolean isThresholdOnly(List<String> classes) {
        return Set.copyOf(classes).size() == classes.size()
                && classes.stream().allMatch(name -> THRESHOLD.matcher(name).lookingAt());
    }

    private static void recordAndStop(String pid) throws Exception {
        for (int i = 0; i < TIMES; i++) {
            for (String command : List.of("record", "stop")) {
                Ended ended = Shipped.run(command, pid);
                assertThat(ended.exitCode()).as(ended.stderr()).isZero();
            }
        }
    }

    /** Our classes, one entry for each that is loaded, hidden ones and those of lambdas among them. */
    private static List<String> ours(Jdk jdk, String pid) throws Exception {
        jcmd(jdk, pid, "GC.run");
        List<String> ours = new ArrayList<>();
        for (String line : jcmd(jdk, pid, "VM.class_hierarchy").split("\n")) {
            if (line.contains("asyncinspect") || line.contains("AsyncInspect")) {
                ours.add(line.replaceAll("0x[0-9a-f]+", "").replaceAll("^[| -]*", ""));
            }
        }
        return ours;
    }

    private static String jcmd(Jdk jdk, String pid, String command) throws Exception {
        Process jcmd = new ProcessBuilder(jdk.tool("jcmd"), pid, command)
                .redirectErrorStream(true)
                .start();
        String text = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor()).as(text).isZero();
        return text;
    }
}
