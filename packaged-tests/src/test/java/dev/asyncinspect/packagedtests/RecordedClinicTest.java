package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** The faults of the clinic that only time shows are found in a recording of it, and the healthy twins are left alone. */
@Timeout(300)
class RecordedClinicTest {

    /** Findings about growth need a recording of five seconds. */
    private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(6);

    /** A fault, and the finding that a look at it tells. */
    private static final String SEEN = "carrier-starvation";

    /** So often the living JVM is asked at most: what its file tells it may keep a little later, and not never. */
    private static final int MOST_ANSWERS = 20;

    private static final boolean FULL = Boolean.getBoolean("matrix.full");

    /** What is in the day of a healthy office too, if a machine is busy: that somebody waits long, once. */
    private static final String ALSO_IN_HEALTH = "long-await ";

    /**
     * What a fault must be found as.
     *
     * @param fault switch of the clinic
     * @param finding kind and confidence
     * @param culprit what is in the name of each task that is named
     * @param said what the sentence or a reason says: the line, or what was thrown
     */
    private record Told(String fault, String finding, String culprit, String said) {

        boolean isIn(Answer answer) {
            return answer.tells(finding, culprit, said);
        }
    }

    private static final List<Told> ANYWHERE = List.of(
            new Told("overload", "leaked-task LIKELY", "caller-", "takeCall(Overload.java:"),
            new Told("overload", "queue-growth LIKELY", "Overload", "bring(Overload.java:"),
            new Told("lock-order-inversion", "lock-order-inversion LIKELY", "bookkeeper-", "(LockOrderInversion.java:"),
            new Told("long-await", "long-await HINT", "LongAwait", "(LongAwait.java:"),
            new Told("slow-pool", "slow-pool HINT", "SlowPool", "unload(SlowPool.java:"),
            new Told("swallowed-failure", "swallowed-failure HINT", "SwallowedFailure", "the stairs are dark"),
            new Told("future-cycle", "future-cycle LIKELY", "FutureCycle", "java.util.concurrent.FutureTask"),
            new Told(
                    "blocked-event-loop",
                    "blocking-call LIKELY",
                    "HTTP-Dispatcher",
                    "java.util.concurrent.CompletableFuture."));

    private static final List<Told> ON_VIRTUAL_THREADS = List.of(
            new Told("self-wake", "self-wake HINT", "child-", "mostly wakes itself"),
            new Told(
                    "carrier-starvation-pinned",
                    "pinned-carrier LIKELY",
                    "pilot-",
                    "pass(CarrierStarvationPinned.java:"),
            new Told("carrier-starvation", "cpu-bound-task LIKELY", "mathematician-", "without a pause"));

    @TempDir
    Path folder;

    /** All that can be played together at once, and each alone if all is asked for. */
    static Stream<Arguments> stories() {
        Stream<Arguments> atOnce = Matrix.of(1, Jdks.onThisMachine().of(17, 21, 25), List.of("busy-day"));
        Stream<Arguments> onCarriers = Matrix.of(
                1, Jdks.onThisMachine().of(21, 25), List.of("carrier-starvation-pinned", "carrier-starvation"));
        Stream<Arguments> alone = Stream.concat(
                Matrix.of(1, Jdks.onThisMachine().of(17, 21, 25), faults(ANYWHERE)),
                Matrix.of(1, Jdks.onThisMachine().of(21, 25), List.of("self-wake")));
        Stream<Arguments> some = Stream.concat(atOnce, onCarriers);
        return FULL ? Stream.concat(some, alone) : some;
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("stories")
    void what_time_shows_is_told_of_the_sick_with_its_culprits_and_not_of_the_healthy(Jdk jdk, String fault)
            throws Exception {
        List<Told> expected = expected(jdk, fault);
        Path sick = folder.resolve("sick.air");
        Path healthy = folder.resolve("healthy.air");
        // A healthy twin with its carriers to itself is looked at by other tests as well.
        boolean both = FULL || fault.equals("busy-day");
        try (JavaProcess one = start(jdk, sick, fault, "--noise", "2");
                JavaProcess other = both ? start(jdk, healthy, fault, "--healthy") : null) {
            one.awaitLine("ready ");
            Answer found = why(sick);
            while (!tellsAll(found, expected)) {
                found = why(sick); // it grows as long as it lives
            }
            assertThat(found.findings())
                    .allMatch(finding -> finding.endsWith(" HINT")
                            || expected.stream().anyMatch(told -> told.finding.equals(finding)));
            tellsTheSameLive(one, expected.get(0));
            if (other != null) {
                other.awaitLine("ready ");
                while (nanos(healthy) < LEAST_NANOS) {
                    Thread.onSpinWait();
                }
                assertThat(why(healthy).findings())
                        .allMatch(finding -> finding.endsWith(" HINT"))
                        .noneMatch(finding -> !finding.startsWith(ALSO_IN_HEALTH)
                                && expected.stream().anyMatch(told -> told.finding.equals(finding)));
            }
        }
    }

    private static boolean tellsAll(Answer answer, List<Told> expected) {
        return expected.stream().allMatch(told -> told.isIn(answer));
    }

    private static List<Told> expected(Jdk jdk, String fault) {
        boolean virtual = jdk.feature() >= 21;
        return Stream.concat(ANYWHERE.stream(), virtual ? ON_VIRTUAL_THREADS.stream() : Stream.empty())
                .filter(told -> told.fault.equals(fault)
                        || (fault.equals("busy-day") && !told.fault.startsWith("carrier-starvation")))
                .toList();
    }

    private static List<String> faults(List<Told> all) {
        return all.stream().map(Told::fault).distinct().toList();
    }

    /**
     * A JVM that records is asked like any other: what time shows is the second part of the answer, unless the first part tells of the same
     * threads already, as when they are seen to keep the carriers; then it has what they did before.
     */
    private static void tellsTheSameLive(JavaProcess sick, Told told) throws Exception {
        Pattern wanted = Pattern.compile("\\b" + told.finding.replace(" ", " · ")
                + (told.fault.startsWith(SEEN) ? "|\\b" + SEEN + " · LIKELY(?s:.*)Recorded before:" : ""));
        String answer = "";
        for (int i = 0; i < MOST_ANSWERS && !wanted.matcher(answer).find(); i++) {
            answer = Shipped.run("why", String.valueOf(sick.pid()), "--no-attach")
                    .stdout();
        }
        assertThat(answer).containsPattern(wanted);
    }

    private static JavaProcess start(Jdk jdk, Path file, String... arguments) throws Exception {
        return JavaProcess.on(
                        jdk,
                        Shipped.agentOption() + "=record,sites,locks,to=" + file,
                        "-jar",
                        Shipped.CLINIC.toString())
                .with(arguments)
                .start();
    }

    private static Answer why(Path file) throws Exception {
        while (!Files.exists(file)) {
            Thread.onSpinWait();
        }
        return Answer.of(Shipped.run("why", file.toString(), "--json"));
    }

    /** How long this recording is by now. */
    private static long nanos(Path file) throws Exception {
        Ended stats = Shipped.run("stats", file.toString(), "--json");
        return new JsonMapper().readTree(stats.stdout()).findPath("lengthNanos").asLong(0);
    }
}
