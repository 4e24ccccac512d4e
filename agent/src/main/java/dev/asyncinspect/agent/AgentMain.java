package dev.asyncinspect.agent;

import dev.asyncinspect.agent.jdk.JdkReader;
import dev.asyncinspect.agent.recording.Recording;
import java.lang.instrument.Instrumentation;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Where the bootstrap enters the isolated agent. */
public final class AgentMain implements BiConsumer<String, Instrumentation> {

    /*
     * The bootstrap outlives us: it lies on the program's class path for good, we are in a loader that goes when we leave.
     * So it may know this loader weakly only. While an endpoint runs, its thread keeps the loader; the bootstrap calls
     * start again on the loader it still finds, or on a new one.
     */

    /** The endpoint that runs, null if none does. Guarded by this class; the program has no way to this lock. */
    private static @Nullable Endpoint running;

    /** For the bootstrap, which shares no type of ours with us. */
    public AgentMain() {}

    @Override
    public void accept(String options, Instrumentation instrumentation) {
        start(options, instrumentation);
    }

    /**
     * Starts the agent; a second call while it runs does nothing. Returns at once, or, if it is to record, once it does. Prints
     * nothing and throws nothing.
     *
     * @param options the text after {@code =} on the command line, empty if none; see {@link AgentOptions}
     */
    public static void start(String options, Instrumentation instrumentation) {
        try {
            startOnce(options, instrumentation);
        } catch (Throwable e) {
            // No thread, no memory: there is nobody to tell, and the program's attach thread must not suffer from it.
        }
    }

    private static synchronized void startOnce(String options, Instrumentation instrumentation) {
        Problems problems = new Problems();
        AgentOptions parsed = AgentOptions.parse(options, problems);
        if (parsed == null || (running != null && !running.isLeaving())) {
            return; // without a link nobody could come: the program does not even see a thread of ours
        }
        Recording recording = new Recording(instrumentation, parsed.to());
        Endpoint endpoint =
                new Endpoint(parsed, () -> JdkReader.open(instrumentation), recording, problems, AgentMain::hasLeft);
        running = endpoint;
        if (parsed.record()) {
            record(parsed, recording, problems);
        }
        // Last: to open a socket loads some two hundred and fifty classes of the JDK, while the program begins. Who
        // comes
        // earlier waits for it.
        LinkThread.start(endpoint);
    }

    /** Before the program begins, so that nothing of it is missed. */
    private static void record(AgentOptions options, Recording recording, Problems problems) {
        try {
            recording.start(options.plan(problems));
        } catch (RuntimeException | LinkageError e) {
            problems.add("the recording did not start", e);
        }
    }

    private static synchronized void hasLeft(Endpoint endpoint) {
        if (running == endpoint) {
            running = null;
        }
    }
}
