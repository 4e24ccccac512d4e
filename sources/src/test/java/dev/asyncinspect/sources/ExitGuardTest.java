package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdks;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ExitGuardTest {

    private static void say(String what) {
        System.out.println("ended " + what);
    }

    /** Ends with a thing kept, a thing released, and one that is made while it ends. */
    public static void main(String[] args) throws Exception {
        ExitGuard.<String>ending(ExitGuardTest::say).keep(() -> "kept");
        ExitGuard<String> released = ExitGuard.ending(ExitGuardTest::say);
        released.keep(() -> "released");
        released.release();
        ExitGuard<String> before = ExitGuard.ending(ExitGuardTest::say);
        Thread late = new Thread(() -> {
            tooLate(before);
            tooLate(ExitGuard.ending(ExitGuardTest::say));
        });
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                Thread.currentThread().setName("waits for the others");
                while (Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(thread -> thread.getName().equals("async-inspect-exit-guard"))) {
                    Thread.onSpinWait();
                }
                late.start();
                late.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        System.exit(0);
    }

    private static void tooLate(ExitGuard<String> guard) {
        try {
            guard.keep(() -> {
                System.out.println("made too late");
                return "late";
            });
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
    }

    @Test
    void what_is_kept_ends_with_us_and_nothing_is_made_any_more() throws Exception {
        Ended ended = JavaProcess.on(
                        Jdks.onThisMachine().require(25),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ExitGuardTest.class.getName())
                .run();
        assertThat(ended.stderr()).isEmpty();
        assertThat(ended.stdout().lines())
                .containsExactlyInAnyOrder("ended kept", "async-inspect is ending", "async-inspect is ending");
    }
}
