package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.sources.AttachLink;
import dev.asyncinspect.sources.RecordingState;
import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A program that ships the library itself, recorded by the agent: one record, and afterwards two that know nothing of each other. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LibraryTest {

    private static final Path GUESTS = Path.of("src/test/guests");
    private static final Path CORE = Path.of("../core/target/async-inspect-core-" + MavenProject.VERSION + ".jar");

    @TempDir
    Path folder;

    static Stream<Arguments> jdksAtStartAndLate() {
        return Stream.of(17, 25)
                .map(Jdks.onThisMachine()::require)
                .flatMap(jdk -> Stream.of(Arguments.of(jdk, false), Arguments.of(jdk, true)));
    }

    @ParameterizedTest(name = "{0}, late: {1}")
    @MethodSource("jdksAtStartAndLate")
    void what_the_program_tells_its_library_is_in_the_one_record_and_stop_gives_it_its_own_back(Jdk jdk, boolean late)
            throws Exception {
        JavaSource.compile(GUESTS.resolve("shop/Shop.java"), folder, CORE);
        String classPath = folder + File.pathSeparator + CORE.toAbsolutePath();
        try (JavaProcess shop = start(jdk, late, classPath, "Shop")) {
            shop.awaitLine("ready");
            String pid = String.valueOf(shop.pid());
            long old = late ? RecordTest.tell(shop, "open")[0] : 0;
            if (late) {
                assertThat(Shipped.run("record", pid).exitCode()).isZero();
            }
            try (AttachLink link = RecordTest.open(shop)) {
                RecordedEvents recorded = new RecordedEvents(link);
                anOrder(shop, recorded);
                if (late) {
                    RecordTest.tell(shop, "close");
                    recorded.untilEndOf(old);
                }
                works(link.recording());
            }
            Ended stop = Shipped.run("stop", pid);
            assertThat(stop.stdout()).contains("all classes are what they were");
            assertThat(stop.exitCode()).isZero();
            nothingIsLeft(jdk, shop);

            RecordTest.tell(shop, "order-2");
            RecordTest.tell(shop, "pay-2");
            assertThat(RecordTest.tell(shop, "known"))
                    .as("whether its own recorder is on; tasks, their ids, those completed")
                    .containsExactly(late ? new long[] {1, 5, 5, 5} : new long[] {0, 0, 0, 0});
            Ended end = shop.awaitEnd();
            assertThat(end.stderr()).isEmpty();
            assertThat(end.exitCode()).isZero();
        }
    }

    private static JavaProcess start(Jdk jdk, boolean late, String classPath, String main) throws Exception {
        JavaProcess.Launch launch = JavaProcess.on(jdk);
        if (!late) {
            launch.with(Shipped.agentOption() + "=record");
        } else if (jdk.feature() >= 21) {
            launch.with("-XX:+EnableDynamicAgentLoading"); // else the JVM warns on stderr
        }
        return launch.with("-cp", classPath, main).start();
    }

    /** A task on a thread of its own hands work to a pool, then waits in a traced method; each is there once. */
    private static void anOrder(JavaProcess shop, RecordedEvents recorded) throws Exception {
        long order = RecordTest.tell(shop, "order-1")[0];
        recorded.await(event -> event instanceof Event.AwaitStart start
                && start.taskId() == order
                && recorded.text(start.label()).matches("Shop\\.load::await#2 of 2 \\(join\\) Shop\\.java:\\d+"));
        assertThat(recorded.all())
                .filteredOn(event -> event instanceof Event.AwaitStart start
                        && String.valueOf(recorded.text(start.label()))
                                .matches("Shop\\.rest::await#1 of 1 \\(sleep\\) Shop\\.java:\\d+"))
                .as("a sleep of a platform thread, which is native on 17")
                .singleElement()
                .extracting(event -> ((Event.AwaitStart) event).flags())
                .isEqualTo(EventCodes.AWAIT_ENDS_POLL | EventCodes.AWAIT_TIMED);
        List<Event.Created> handedIn = recorded.all().stream()
                .filter(event -> event instanceof Event.Created created && created.kind() == EventCodes.EXECUTOR_TASK)
                .map(Event.Created.class::cast)
                .toList();
        assertThat(handedIn).as("tasks of pools").hasSize(1);
        assertThat(handedIn.get(0).parentId()).as("who handed it in").isEqualTo(order);
        assertThat(namesOf(handedIn.get(0).taskId(), recorded)).containsExactly("clerk");
        assertThat(namesOf(order, recorded)).contains("order");

        RecordTest.tell(shop, "pay-1");
        List<Event> life = recorded.untilEndOf(order);
        assertThat(life.get(life.size() - 1))
                .isInstanceOfSatisfying(
                        Event.Ended.class, end -> assertThat(end.outcome()).isEqualTo(EventCodes.COMPLETED));
        assertThat(recorded.lost()).isZero();
    }

    private static List<String> namesOf(long taskId, RecordedEvents recorded) {
        return recorded.of(taskId).stream()
                .filter(event -> event instanceof Event.Named)
                .map(event -> recorded.text(((Event.Named) event).name()))
                .toList();
    }

    private static void works(RecordingState recording) {
        assertThat(recording.hooks())
                .filteredOn(hook -> !List.of("ON", "PENDING").contains(hook.status()) || hook.failures() > 0)
                .as("hooks that do not fit or failed")
                .isEmpty();
        assertThat(recording.hooks())
                .filteredOn(hook -> hook.name().startsWith("program."))
                .extracting(RecordingState.Hook::name, RecordingState.Hook::places)
                .containsExactly(tuple("program.traced", 3), tuple("program.library", 1));
    }

    private static void nothingIsLeft(Jdk jdk, JavaProcess shop) throws Exception {
        RecordTest.jcmd(jdk, shop, "GC.run"); // the first clears what is weak, the second unloads what that kept
        RecordTest.jcmd(jdk, shop, "GC.run");
        assertThat(RecordTest.jcmd(jdk, shop, "GC.class_histogram"))
                .contains("java.lang.Thread", "dev.asyncinspect.core.")
                .doesNotContain("dev.asyncinspect.agent.", "dev.asyncinspect.weaving.", "IsolatedLoader");
    }

    @Test
    void the_guide_shows_the_method_that_is_traced_here_and_its_label() throws Exception {
        List<String> program = Files.readAllLines(GUESTS.resolve("shop/Shop.java"));
        String guide = Files.readString(MavenProject.TOP.resolve("docs/guide/trace.md"));
        String snippet = guide.replaceFirst("(?s).*?```java\\n(.*?)```.*", "$1");
        assertThat(String.join("\n", program)).contains(snippet.indent(4));
        int line = program.indexOf("        return left + price.join();") + 1;
        assertThat(guide).contains("waits at Shop.load::await#2 of 2 (join) Shop.java:" + line + ", still");
    }

    @Test
    void a_library_of_another_version_is_left_alone_and_info_says_so() throws Exception {
        Path recorder = GUESTS.resolve("oldershop/dev/asyncinspect/core/recorder/Recorder.java");
        JavaSource.compile(recorder, folder);
        JavaSource.compile(GUESTS.resolve("oldershop/OlderShop.java"), folder, folder);
        Jdk jdk = Jdks.onThisMachine().require(25);
        try (JavaProcess shop = start(jdk, false, folder.toString(), "OlderShop")) {
            shop.awaitLine("ready");
            RecordTest.open(shop).close(); // it listens
            assertThat(RecordTest.tell(shop, "count")).containsExactly(1);
            Ended info = Shipped.run("info", String.valueOf(shop.pid()));
            assertThat(info.stdout())
                    .containsPattern(
                            "program.other-library +skipped +1 places, 0 failures +left alone: its version has no "
                                    + "entry points for a recording agent");
            assertThat(shop.awaitEnd()).isEqualTo(new Ended(0, "ready\ndid count 1\n", ""));
        }
    }
}
