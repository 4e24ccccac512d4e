package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncinspect.model.CarrierPool;
import dev.asyncinspect.model.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** How a live JVM is asked, with a JVM that is played. */
class LiveSamplerTest {

    private static final JvmProcess JVM = new JvmProcess(ProcessHandle.current().pid(), "shop.Main", "", null, null);

    private final List<String> commands = new ArrayList<>();

    @Test
    void no_default_path_asks_for_the_dump_that_can_crash_a_busy_jvm() throws SourceException {
        sample(2, false, this::answerLikeJdk25);
        assertThat(commands)
                .containsExactly(
                        "Thread.print -l", "Thread.vthread_scheduler", "Thread.print -l", "Thread.vthread_scheduler")
                .noneMatch(command -> command.contains("dump"));
    }

    @Test
    void the_risky_dump_is_taken_only_when_asked_for_and_its_file_is_removed() throws SourceException {
        List<Path> files = new ArrayList<>();
        List<Snapshot> samples = sample(1, true, command -> {
            files.add(Path.of(command.substring(command.lastIndexOf(' ') + 1)));
            Files.writeString(files.get(0), Dumps.text("sick-25.0.3.json"));
            return "Created";
        });
        assertThat(commands).singleElement().asString().startsWith("Thread.dump_to_file -format=json ");
        assertThat(Dumps.holders(samples.get(0), "v1")).containsExactly("v2");
        assertThat(files.get(0)).doesNotExist();
        assertThat(files.get(0).getParent()).doesNotExist();
    }

    @Test
    void the_figures_of_the_scheduler_come_with_the_sample() throws SourceException {
        Snapshot sample = sample(1, false, this::answerLikeJdk25).get(0);
        assertThat(sample.carriers()).isEqualTo(new CarrierPool(2, 3, 2, 4, 5));
    }

    @Test
    void a_jdk_that_does_not_know_the_scheduler_command_is_no_error() throws SourceException {
        Snapshot sample = sample(1, false, command -> {
                    if (command.startsWith("Thread.vthread")) {
                        throw new IOException("Unknown diagnostic command");
                    }
                    return Dumps.text("sick-25.0.3.txt");
                })
                .get(0);
        assertThat(sample.carriers()).isNull();
        assertThat(sample.tasks()).isNotEmpty();
    }

    @Test
    void a_jvm_that_never_answers_is_told_in_one_line_and_does_not_keep_us() {
        CountDownLatch never = new CountDownLatch(1);
        assertThatThrownBy(() -> sample(1, false, command -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return "";
                }))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("did not answer within");
        never.countDown();
    }

    @Test
    void an_answer_that_is_no_dump_is_told_in_one_line() {
        assertThatThrownBy(() -> sample(1, false, command -> "java.lang.OutOfMemoryError\n\tat x"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("no thread dump: 'java.lang.OutOfMemoryError'");
    }

    @Test
    void a_jvm_that_breaks_the_line_is_told_in_one_line() {
        assertThatThrownBy(() -> sample(1, false, command -> {
                    throw new IOException("Connection reset\nby peer");
                }))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("cannot be attached to (Connection reset")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void the_interval_lies_between_two_dumps_and_between_two_readings_of_the_objects() throws SourceException {
        Duration interval = Duration.ofMillis(200);
        List<Long> dumps = new ArrayList<>();
        List<Long> readings = new ArrayList<>();
        LiveSampler.ObjectReader slow = () -> {
            readings.add(System.nanoTime());
            long until = readings.get(0) + interval.toNanos() / 2;
            while (System.nanoTime() < until) {
                Thread.onSpinWait(); // the first reading takes half of the interval
            }
            return new AttachRows();
        };
        Jvm jvm = command -> {
            if (command.startsWith("Thread.print")) {
                dumps.add(System.nanoTime());
            }
            return answerLikeJdk25(command);
        };

        new LiveSampler(
                        JVM,
                        new LiveJvms.Sampling(2, interval, Duration.ofSeconds(60), false),
                        pid -> channel(jvm),
                        slow)
                .sample(channel -> new AwaitSites(ClassFiles.none()));

        assertThat(dumps.get(1) - dumps.get(0)).isGreaterThanOrEqualTo(interval.toNanos());
        assertThat(readings.get(1) - readings.get(0))
                .as("from the end of the first")
                .isGreaterThanOrEqualTo(interval.toNanos() * 3 / 2);
    }

    @Test
    void the_reader_of_objects_is_told_once_when_nothing_more_will_be_read() throws SourceException {
        List<String> told = new ArrayList<>();
        LiveSampler.ObjectReader reader = new LiveSampler.ObjectReader() {
            @Override
            public AttachRows read() {
                told.add("read");
                return new AttachRows();
            }

            @Override
            public void finish() {
                told.add("finish");
            }
        };

        new LiveSampler(
                        JVM,
                        new LiveJvms.Sampling(2, Duration.ofMillis(1), Duration.ofSeconds(60), false),
                        pid -> channel(this::answerLikeJdk25),
                        reader)
                .sample(channel -> new AwaitSites(ClassFiles.none()));

        assertThat(told).containsExactly("read", "read", "finish");
    }

    private String answerLikeJdk25(String command) {
        return command.startsWith("Thread.print")
                ? Dumps.text("sick-25.0.3.txt")
                : "java.util.concurrent.ForkJoinPool@1[Running, parallelism = 2, size = 3, active = 2, running = 0,"
                        + " steals = 3, tasks = 4, submissions = 5]";
    }

    private interface Jvm {

        String answer(String command) throws IOException;
    }

    private List<Snapshot> sample(int samples, boolean virtualThreadDump, Jvm jvm) throws SourceException {
        LiveJvms.Sampling sampling =
                new LiveJvms.Sampling(samples, Duration.ofMillis(1), Duration.ofSeconds(2), virtualThreadDump);
        return new LiveSampler(JVM, sampling, pid -> channel(jvm), LiveSampler.ObjectReader.NONE)
                .sample(channel -> new AwaitSites(ClassFiles.none()));
    }

    private AttachChannel channel(Jvm jvm) {
        return new AttachChannel() {
            @Override
            public String command(String command) throws IOException {
                commands.add(command);
                return jvm.answer(command);
            }

            @Override
            public Properties systemProperties() {
                return new Properties();
            }

            @Override
            public void close() {}
        };
    }
}
