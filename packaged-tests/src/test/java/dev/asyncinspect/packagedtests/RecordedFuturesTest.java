package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.TaskHistory;
import dev.asyncinspect.model.TaskLink;
import dev.asyncinspect.sources.RecordingFiles;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Stages that wait for each other, recorded: told from the file and by the JVM itself, with who is starved in the file too, and not of a twin that resolves. */
@Timeout(300)
class RecordedFuturesTest {

    private static final String CYCLE = "future-cycle";
    private static final String STARVATION = "pool-starvation LIKELY";

    @TempDir
    Path folder;

    static Stream<Arguments> jdks() {
        return Matrix.of(1, Jdks.onThisMachine().of(25, 17, 21), List.of("Vows"));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void stages_thatJoinEachOther_areACycleLiveAndInTheFile_andWhoWaitsForAStageInTheQueueOfItsOwnPoolIsStarved(
            Jdk jdk, String program) throws Exception {
        JavaSource.compile(Path.of("src/test/programs/" + program + ".java"), folder);
        Path sickFile = folder.resolve("sick.air");
        Path healthyFile = folder.resolve("healthy.air");
        try (JavaProcess sick = start(jdk, program, "sick", sickFile);
                JavaProcess healthy = start(jdk, program, "healthy", healthyFile)) {
            sick.awaitLine("invited");
            Answer told = why(sickFile);
            List<String> all = List.of(CYCLE + " LIKELY", CYCLE + " LIKELY", STARVATION, STARVATION, STARVATION);
            while (told.findings().size() < all.size()) {
                told = why(sickFile); // of a pool it is told when it has stood for a second
            }
            assertThat(told.findings()).containsExactlyInAnyOrderElementsOf(all);
            assertThat(told.finding(CYCLE).get("tasks")).hasSize(2);
            assertThat(told.target().get("findings").toString())
                    .contains("java.util.concurrent.FutureTask.get", "java.util.concurrent.ForkJoinTask.join")
                    .contains("at java.util.concurrent.CompletableFuture.join", "lambda$main$0", "lambda$main$2")
                    .doesNotContain("line unknown");

            assertThat(completers(sickFile))
                    .as("threads that are the task whose future somebody waits for")
                    .hasSize(jdk.feature() < 21 ? 0 : 1);

            String live = live(sick);
            while (!live.contains(CYCLE + " · LIKELY")) {
                live = live(sick); // a hang is told when it has stood for a second
            }
            assertThat(live)
                    .contains(STARVATION.replace(" ", " · "))
                    .contains("waits for Future '" + program
                            + ".sign' at java.util.concurrent.CompletableFuture.join, still");

            healthy.awaitLine("I doI doI doI doI do");
            assertThat(live(healthy)).contains("[ OK ]").doesNotContain(" · LIKELY", " · PROVEN");
            assertThat(why(healthyFile).findings()).isEmpty();
        }
    }

    private JavaProcess start(Jdk jdk, String program, String story, Path file) throws Exception {
        return JavaProcess.on(
                        jdk,
                        Shipped.agentOption() + "=record,to=" + file,
                        "-XX:+EnableDynamicAgentLoading",
                        "-cp",
                        folder.toString(),
                        program)
                .with(story)
                .start();
    }

    private static List<TaskHistory> completers(Path file) throws Exception {
        return RecordingFiles.read(file).tasks().stream()
                .filter(task -> task.links().stream().anyMatch(link -> link.how() == TaskLink.How.COMPLETES))
                .toList();
    }

    private static String live(JavaProcess program) throws Exception {
        return Shipped.run("why", String.valueOf(program.pid())).stdout();
    }

    private static Answer why(Path file) throws Exception {
        while (!Files.exists(file)) {
            Thread.onSpinWait();
        }
        return Answer.of(Shipped.run("why", file.toString(), "--json"));
    }
}
