package dev.asyncinspect.cli;

import dev.asyncinspect.model.History;
import dev.asyncinspect.sources.LiveJvms;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Makes sense of a JVM that there is not, beside the wait for the one that is asked. A command runs once and so runs everything for the
 * first time; half of its work is to load classes, and the JVM needs one core to answer.
 */
final class AheadOfAnswer {

    private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());

    private AheadOfAnswer() {}

    /** Begins it; nobody needs to wait for its end. */
    static void begin() {
        Thread thread = new Thread(AheadOfAnswer::run, "async-inspect-ahead");
        thread.setDaemon(true);
        thread.start();
    }

    private static void run() {
        try {
            History history = LiveJvms.rehearsal();
            if (history != null) {
                Diagnosis.of(history).print(new Terminal(NOWHERE, NOWHERE, false, false, 0));
            }
        } catch (RuntimeException | LinkageError e) {
            // whatever is wrong shows in the answer itself
        }
    }
}
