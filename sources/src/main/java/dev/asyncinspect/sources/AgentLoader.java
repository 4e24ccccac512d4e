package dev.asyncinspect.sources;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Loads the agent into a JVM by the JDK's attach mechanism. Every failure is one line that says what to do. */
final class AgentLoader {

    /** The class files of the agent need it; an older JVM would print their refusal on the program's stderr. */
    private static final int OLDEST_FEATURE = 17;

    private AgentLoader() {}

    static void load(long pid, Path jar, String options, Duration limit) throws SourceException {
        if (!Files.isReadable(jar)) {
            throw new SourceException(
                    SourceException.Reason.UNREADABLE, "the jar with the agent cannot be read: " + jar);
        }
        try {
            TimeLimit.call(() -> attachAndLoad(pid, jar, options), limit);
        } catch (TimeoutException e) {
            throw failure(
                    pid,
                    "did not take the agent in time; it may be stopped, swapping or in a long collection:"
                            + " try a longer --timeout",
                    e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof SourceException told) {
                throw told;
            }
            throw failure(pid, explain(pid, cause), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(pid, "was not looked at: interrupted", e);
        }
    }

    private static @Nullable Void attachAndLoad(long pid, Path jar, String options)
            throws AttachNotSupportedException, IOException, AgentLoadException, AgentInitializationException,
                    SourceException {
        VirtualMachine jvm = VirtualMachine.attach(String.valueOf(pid));
        try (AgentJar visible = AgentJar.visibleTo(pid, jar)) {
            String version = jvm.getSystemProperties().getProperty("java.specification.version");
            int feature = JvmVersions.feature(version);
            if (feature < OLDEST_FEATURE) {
                throw failure(
                        pid,
                        "runs Java " + version + ", the agent needs " + OLDEST_FEATURE
                                + " or later; look without it: --no-attach",
                        null);
            }
            jvm.loadAgent(visible.inTarget().toString(), options);
        } finally {
            jvm.detach();
        }
        return null;
    }

    private static String explain(long pid, Throwable cause) {
        String text = String.valueOf(cause.getMessage());
        if (ProcessHandle.of(pid).isEmpty()) {
            return "ended while the agent was loaded";
        }
        if (cause instanceof AgentLoadException && text.toLowerCase(Locale.ROOT).contains("dynamic agent loading")) {
            return "does not let agents be loaded (-XX:-EnableDynamicAgentLoading); look without one: --no-attach";
        }
        if (cause instanceof AgentLoadException || cause instanceof AgentInitializationException) {
            return "did not take the agent (" + text + "); look without it: --no-attach";
        }
        return "cannot be attached to (" + text + ")";
    }

    private static SourceException failure(long pid, String what, @Nullable Throwable cause) {
        String line = ("process " + pid + " " + what).lines().findFirst().orElse("");
        return cause == null
                ? new SourceException(SourceException.Reason.UNREACHABLE, line)
                : new SourceException(SourceException.Reason.UNREACHABLE, line, cause);
    }
}
