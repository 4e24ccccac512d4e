package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.sources.AttachLink;
import dev.asyncinspect.sources.LiveJvms;
import dev.asyncinspect.sources.RecordingState;
import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A program whose timeline is known, recorded from its start and from later on. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RecordTest {

    /** Which event ends the sleep of that virtual thread. */
    private static final int SLEEP_ENDS = 7;

    private static final int MOST_SHORT_SLEEPS = 20;

    private static final String DEBUGGER =
            "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:0";
    private static final String RECORD = Shipped.agentOption() + "=record";
    private static final List<String> TELEMETRY = List.of(
            "-javaagent:" + Path.of("target/agents/opentelemetry-javaagent.jar"),
            "-Dotel.traces.exporter=none",
            "-Dotel.metrics.exporter=none",
            "-Dotel.logs.exporter=none",
            "-Dotel.javaagent.logging=none");

    private static final Predicate<String> FOR_HOOKS = Pattern.compile(
                    "dev\\.asyncinspect\\.(core\\.(event|recorder\\.(?!Pump))|integrations)\\b")
            .asPredicate();

    @TempDir
    Path folder;

    static List<Jdk> jdks() {
        return Matrix.oldestAndNewest(Jdks.onThisMachine().of(17, 21, 25));
    }

    static Stream<Arguments> jdksAtStartAndLate() {
        return Matrix.of(2, Jdks.onThisMachine().of(17, 21, 25), List.of(false, true));
    }

    @BeforeEach
    void compile() {
        JavaSource.compile(Path.of("src/test/guests/recorded/Recorded.java"), folder);
    }

    @ParameterizedTest(name = "{0}, late: {1}")
    @MethodSource("jdksAtStartAndLate")
    void timeline_isToldAsTheProgramKnowsIt_andEverythingComesOutAgain(Jdk jdk, boolean late) throws Exception {
        try (JavaProcess program = start(jdk, late)) {
            String pid = String.valueOf(program.pid());
            program.awaitLine("ready");
            if (late) {
                assertThat(Shipped.run("record", pid).exitCode()).isZero();
            }
            try (AttachLink link = open(program)) {
                RecordedEvents events = new RecordedEvents(link);
                virtualThread(jdk, program, events);
                platformThread(program, events);
                poolTask(program, events);
                stage(program, events);
                calls(jdk, program, events);
                program.writeLine("many");
                program.awaitLine("did many");
                assertEveryHookWorks(link.recording());
                assertEveryHookIsTested(link.recording());
            }

            Ended stop = Shipped.run("stop", pid);
            assertThat(stop.stdout()).contains("all classes are what they were");
            assertThat(stop.exitCode()).isZero();
            program.writeLine("many");
            program.awaitLine("did many");
            Ended end = program.awaitEnd();
            assertThat(end.stderr()).isEmpty();
            assertThat(end.exitCode()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void afterStop_noClassLoaderAndNoThreadOfOursIsLeft(Jdk jdk) throws Exception {
        try (JavaProcess program = start(jdk, false)) {
            program.awaitLine("ready");
            for (String word : List.of("virtual", "platform", "pool", "stage", "calls", "many")) {
                tell(program, word);
            }
            assertThat(jcmd(jdk, program, "GC.class_histogram")).contains("dev.asyncinspect.agent.");
            Shipped.run("stop", String.valueOf(program.pid()));

            jcmd(jdk, program, "GC.run"); // the first clears what is weak, the second unloads what that kept
            jcmd(jdk, program, "GC.run");
            assertThat(jcmd(jdk, program, "GC.class_histogram"))
                    .contains("java.lang.Thread")
                    .doesNotContain("dev.asyncinspect.agent.", "dev.asyncinspect.core.", "dev.asyncinspect.weaving.")
                    .doesNotContain("IsolatedLoader");
            assertThat(jcmd(jdk, program, "Thread.print")).contains("\"main\"").doesNotContain("async-inspect");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void hooks_loadNoClassOnceTheyAreLive(Jdk jdk) throws Exception {
        Path log = folder.resolve("loaded.txt");
        try (JavaProcess program = JavaProcess.on(jdk, "-Xlog:class+load:file=" + log, RECORD)
                .with("-cp", folder.toString(), "Recorded")
                .start()) {
            program.awaitLine("ready");
            List<String> atStart = loadedForHooks(log);
            assertThat(atStart).isNotEmpty();
            for (String word : List.of("virtual", "platform", "pool", "stage", "many")) {
                tell(program, word);
            }
            assertThat(loadedForHooks(log)).as("classes loaded for hooks").containsExactlyElementsOf(atStart);
            assertThat(program.awaitEnd().exitCode()).isZero();
        }
    }

    private static List<String> loadedForHooks(Path log) throws IOException {
        return Files.readAllLines(log).stream().filter(FOR_HOOKS).toList();
    }

    /** One JDK each: these agents take long to start. */
    static Stream<Arguments> jdksAndTools() {
        Jdks here = Jdks.onThisMachine();
        return Stream.of(
                Arguments.of(here.require(21), "a debugger", List.of(DEBUGGER, RECORD)),
                Arguments.of(here.require(17), "OpenTelemetry first", both(TELEMETRY, List.of(RECORD))),
                Arguments.of(here.require(25), "OpenTelemetry second", both(List.of(RECORD), TELEMETRY)));
    }

    private static List<String> both(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    @ParameterizedTest(name = "{0} with {1}")
    @MethodSource("jdksAndTools")
    void besideOtherTools_everyHookWorks_andComesOutAgain(Jdk jdk, String name, List<String> options) throws Exception {
        try (JavaProcess program = JavaProcess.on(jdk, options.toArray(String[]::new))
                .with("-cp", folder.toString(), "Recorded")
                .patience(Duration.ofMinutes(3))
                .start()) {
            program.awaitLine("ready");
            try (AttachLink link = open(program)) {
                RecordedEvents events = new RecordedEvents(link);
                platformThread(program, events);
                // OpenTelemetry hands in a wrapper of its own: what code it is, is not the program's.
                tell(program, "pool");
                tell(program, "calls"); // loads what hooks wait for
                tell(program, "many");
                assertEveryHookWorks(link.recording());
            }
            Ended stop = Shipped.run("stop", String.valueOf(program.pid()));
            assertThat(stop.stdout()).contains("all classes are what they were");
            tell(program, "many");
            assertThat(program.awaitEnd().exitCode()).isZero();
        }
    }

    static String jcmd(Jdk jdk, JavaProcess program, String command) throws Exception {
        Process process = new ProcessBuilder(jdk.tool("jcmd"), String.valueOf(program.pid()), command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private JavaProcess start(Jdk jdk, boolean late) throws Exception {
        JavaProcess.Launch launch = JavaProcess.on(jdk);
        if (!late) {
            launch.with(Shipped.agentOption() + "=record");
        } else if (jdk.feature() >= 21) {
            launch.with("-XX:+EnableDynamicAgentLoading"); // else the JVM warns on stderr
        }
        return launch.with("-cp", folder.toString(), "Recorded").start();
    }

    static AttachLink open(JavaProcess program) throws Exception {
        AttachLink.Settings settings =
                new AttachLink.Settings(Shipped.JAR, Duration.ofSeconds(60), Duration.ofSeconds(60));
        while (true) { // the agent listens on a thread of its own, which may come after what the program prints first
            AttachLink link = AttachLink.openIfThere(LiveJvms.find(String.valueOf(program.pid())), settings);
            if (link != null) {
                return link;
            }
            Thread.onSpinWait();
        }
    }

    /** It waits for a latch, sleeps 5 ms, and ends. */
    private static void virtualThread(Jdk jdk, JavaProcess program, RecordedEvents recorded) throws Exception {
        long[] known = tell(program, "virtual");
        List<Event> events = recorded.untilEndOf(known[0]);
        for (int i = 0; i < MOST_SHORT_SLEEPS && sleptWhileItStopped(events); i++) {
            known = tell(program, "virtual");
            events = recorded.untilEndOf(known[0]);
        }
        Event.Created created = (Event.Created) events.get(0);
        assertThat(created.parentId()).as("parent").isEqualTo(known[1]);
        assertThat(events.get(events.size() - 1).nanos()).isBetween(known[5], known[6]);
        if (jdk.feature() < 21) {
            assertThat(events.get(0).nanos()).as("when it was started").isBetween(known[2], known[3]);
            return; // it is a platform thread there
        }
        assertThat(events.get(0).nanos()).as("when it was made").isLessThanOrEqualTo(known[2]);
        assertThat(recorded.text(created.site())).contains("Recorded.lambda$virtual$");
        assertThat(RecordedEvents.kinds(events))
                .containsExactly(
                        "Created",
                        "Woken 4",
                        "PollStart",
                        "PollEnd 1",
                        "Woken 1",
                        "PollStart",
                        "PollEnd 2",
                        "Woken 2",
                        "PollStart",
                        "Ended 1");
        Event.Woken woken = (Event.Woken) events.get(4);
        assertThat(woken.wakerId()).as("waker").isEqualTo(known[1]);
        assertThat(woken.nanos()).as("when the latch opened").isBetween(known[3], known[4]);
        assertThat(events.get(6).nanos()).as("when it fell asleep").isBetween(known[4], known[5]);
        assertThat(events.get(7).nanos())
                .as("when 5 ms were over")
                .isBetween(known[4] + TimeUnit.MILLISECONDS.toNanos(5), known[5]);
    }

    /** Whether its 5 ms were over before it stood still: then nobody can tell who woke it, and another one is to be watched. */
    private static boolean sleptWhileItStopped(List<Event> events) {
        return events.size() > SLEEP_ENDS
                && events.get(SLEEP_ENDS) instanceof Event.Woken woken
                && woken.how() == EventCodes.UNPARK
                && woken.wakerId() == 0;
    }

    private static void platformThread(JavaProcess program, RecordedEvents recorded) throws Exception {
        long[] known = tell(program, "platform");
        List<Event> events = recorded.untilEndOf(known[0]);
        assertThat(RecordedEvents.kinds(events)).endsWith("PollStart", "Ended 2");
        Event.Ended ended = (Event.Ended) events.get(events.size() - 1);
        assertThat(recorded.text(ended.throwable())).isEqualTo("java.lang.IllegalStateException: wanted by the test");
    }

    /** Its worker is older than a late recording. */
    private static void poolTask(JavaProcess program, RecordedEvents recorded) throws Exception {
        long[] known = tell(program, "pool");
        long task = taskOf("Recorded.lambda$pool$", EventCodes.EXECUTOR_TASK, recorded);
        List<Event> events = recorded.untilEndOf(task);
        assertThat(RecordedEvents.kinds(events)).containsExactly("Created", "Woken 4", "PollStart", "Ended 1");
        assertThat(((Event.PollStart) events.get(2)).threadId()).isEqualTo(known[0]);
    }

    private static void stage(JavaProcess program, RecordedEvents recorded) throws Exception {
        tell(program, "stage");
        long task = taskOf("Recorded.lambda$stage$", EventCodes.FUTURE_STAGE, recorded);
        List<Event> events = recorded.untilEndOf(task);
        assertThat(RecordedEvents.kinds(events)).containsExactly("Created", "Woken 4", "PollStart", "Ended 2");
        Event.Ended ended = (Event.Ended) events.get(3);
        assertThat(recorded.text(ended.throwable())).isEqualTo("java.lang.IllegalStateException: wanted by the test");
    }

    /** One thread of each kind waits to be notified, sleeps, reads from a socket, joins a scope if there are any, and sends a request. */
    private static void calls(Jdk jdk, JavaProcess program, RecordedEvents recorded) throws Exception {
        long[] known = tell(program, "calls");
        for (int i = 1; i < known.length; i++) {
            long thread = known[i];
            recorded.untilEndOf(thread);
            List<String> labels = recorded.all().stream()
                    .filter(event -> event instanceof Event.AwaitStart start && start.taskId() == thread)
                    .map(event -> recorded.text(((Event.AwaitStart) event).label()))
                    .toList();
            assertThat(labels)
                    .as("what thread %s waited for", i)
                    .containsSubsequence("java.lang.Object.wait", "java.lang.Thread.sleep", "java.net.Socket.read")
                    .contains("java.net.http.HttpClient.send to localhost:" + known[0]);
            if (jdk.feature() >= 21) {
                assertThat(labels).contains("java.util.concurrent.StructuredTaskScope.join");
                assertThat(recorded.all())
                        .as("a fork of the scope that thread %s joins", i)
                        .anyMatch(event -> event instanceof Event.Acquired fork
                                && scopes(recorded, thread).contains(fork.resourceId()));
                assertThat(failures(recorded, thread, "Recorded.lambda$scopes$"))
                        .as("forks by their code, and what they failed by")
                        .containsExactlyInAnyOrder("", "java.lang.IllegalStateException: wanted by the test");
            }
            long starts = labels.size();
            assertThat(recorded.all())
                    .filteredOn(event -> event instanceof Event.AwaitEnd end && end.taskId() == thread)
                    .as("each wait is over")
                    .hasSize((int) starts);
        }
    }

    /** What those tasks of that parent have failed by which run such code; of one that has not failed, nothing. */
    private static List<String> failures(RecordedEvents recorded, long parent, String code) throws Exception {
        List<Long> tasks = recorded.all().stream()
                .filter(event -> event instanceof Event.Created created
                        && created.parentId() == parent
                        && recorded.text(created.site()).startsWith(code))
                .map(RecordedEvents::taskId)
                .toList();
        List<String> failures = new ArrayList<>();
        for (long task : tasks) {
            for (Event event : recorded.untilEndOf(task)) {
                if (event instanceof Event.Ended ended) {
                    failures.add(recorded.text(ended.throwable()));
                }
            }
        }
        return failures;
    }

    /** The numbers of the scopes that this thread has joined. */
    private static List<Long> scopes(RecordedEvents recorded, long thread) {
        return recorded.all().stream()
                .filter(event -> event instanceof Event.AwaitStart start
                        && start.taskId() == thread
                        && "java.util.concurrent.StructuredTaskScope.join".equals(recorded.text(start.label())))
                .map(event -> ((Event.AwaitStart) event).resourceId())
                .toList();
    }

    private static void assertEveryHookWorks(RecordingState recording) {
        assertThat(recording.on()).isTrue();
        assertThat(recording.hooks())
                .filteredOn(hook -> !hook.status().equals("ON") || hook.failures() > 0)
                .as("hooks that do not fit or failed")
                .isEmpty();
    }

    private static void assertEveryHookIsTested(RecordingState recording) {
        assertThat(recording.hooks())
                .filteredOn(hook -> !hook.detail().startsWith("tested with this code"))
                .as("hooks whose code is not in tested-code.txt")
                .isEmpty();
    }

    private static long taskOf(String code, int kind, RecordedEvents recorded) throws Exception {
        recorded.await(event -> isTask(event, code, kind, recorded));
        List<Event> found = recorded.all().stream()
                .filter(event -> isTask(event, code, kind, recorded))
                .toList();
        assertThat(found).as("tasks that run " + code).hasSize(1);
        return ((Event.Created) found.get(0)).taskId();
    }

    private static boolean isTask(Event event, String code, int kind, RecordedEvents recorded) {
        return event instanceof Event.Created created
                && created.kind() == kind
                && recorded.text(created.site()).contains(code);
    }

    /** Lets the program do something; the numbers that it knows of it. */
    static long[] tell(JavaProcess program, String word) {
        program.writeLine(word);
        String line = program.awaitLine("did " + word);
        return Arrays.stream(line.split(" ")).skip(2).mapToLong(Long::parseLong).toArray();
    }
}
