package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Locks of a program that knows nothing of us, taken in two orders, in two that can never meet, and in one. */
@Timeout(300)
class LockOrderTest {

    private static final String BOOK_FIRST = "took 'ReentrantLock' at Ledger.fromBookToVault(Ledger.java:52), then"
            + " 'ReentrantReadWriteLock' at Ledger.fromBookToVault(Ledger.java:54)";
    private static final String VAULT_FIRST =
            "took 'ReentrantReadWriteLock' at Ledger.fromVaultToBook(Ledger.java:62), then"
                    + " 'ReentrantLock' at Ledger.fromVaultToBook(Ledger.java:64)";

    @TempDir
    Path folder;

    static Stream<Arguments> programs() {
        // At start the sick one is found by the tests of the clinic too.
        List<String> variants = List.of("sick late", "healthy", "phased", "sick");
        return Matrix.of(
                1,
                Jdks.onThisMachine().of(17, 25),
                Boolean.getBoolean("matrix.full") ? variants : variants.subList(0, 3));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void two_orders_are_told_with_all_four_places_and_one_order_is_not_nor_are_two_that_cannot_meet(
            Jdk jdk, String variant) throws Exception {
        JavaSource.compile(Path.of("src/test/programs/Ledger.java"), folder);
        Path file = folder.resolve("ledger.air");
        boolean late = variant.endsWith(" late");
        String[] agent = late ? new String[0] : new String[] {Shipped.agentOption() + "=record,locks,to=" + file};
        try (JavaProcess ledger = JavaProcess.on(jdk, agent)
                .with("-XX:+EnableDynamicAgentLoading", "-cp", folder.toString(), "Ledger")
                .with(variant.split(" "))
                .start()) {
            if (late) {
                ledger.awaitLine("open");
                record(ledger, "--locks");
            }
            ledger.awaitLine("moved");
            String pid = String.valueOf(ledger.pid());
            String info = Shipped.run("info", pid).stdout();
            assertThat(info.lines().filter(line -> line.contains("lock.")))
                    .hasSizeGreaterThanOrEqualTo(8)
                    .allMatch(line -> line.contains(" on ") && line.contains(" 0 failures "));
            if (late) {
                // What it keeps is read by whoever asks: the same answer as from a file.
                while (!Shipped.run("why", pid, "--no-attach").stdout().contains("lock-order-inversion")) {
                    Thread.onSpinWait();
                }
                Ended kept = Shipped.run(
                        "why",
                        pid,
                        "--no-attach",
                        "--evidence",
                        folder.resolve("seen").toString());
                assertThat(kept.stderr()).contains("evidence: ");
                Files.move(folder.resolve("seen").resolve("recording-" + pid + ".air"), file);
            }
            ledger.writeLine("enough");
            Ended end = ledger.awaitEnd();
            assertThat(end.exitCode()).as(end.stderr()).isZero();
        }

        Answer why = Answer.of(Shipped.run("why", "--file", file.toString(), "--json"));

        List<String> told = new ArrayList<>();
        for (JsonNode finding : why.target().get("findings")) {
            if (finding.get("kind").asString().equals("lock-order-inversion")) {
                assertThat(finding.get("confidence").asString()).isEqualTo("LIKELY");
                finding.get("evidence").forEach(evidence -> told.add(evidence.toString()));
            }
        }
        if (variant.startsWith("sick")) {
            assertThat(told).anyMatch(line -> line.contains(BOOK_FIRST)).anyMatch(line -> line.contains(VAULT_FIRST));
        } else {
            assertThat(told).isEmpty();
        }
    }

    /** Begins to record a program that waits for a line, and lets it go on. */
    private static void record(JavaProcess program, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("record", String.valueOf(program.pid())));
        command.addAll(List.of(options));
        Ended recorded = Shipped.run(command.toArray(String[]::new));
        assertThat(recorded.exitCode()).as(recorded.stderr()).isZero();
        program.writeLine("go on");
    }
}
