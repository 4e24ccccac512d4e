package dev.asyncinspect.sources.observed;

import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.ref.WeakReference;

/** The visible part of an agent jar: runs the agent in a loader of its own and keeps nothing of it. */
public final class TestBootstrap {

    private static WeakReference<ClassLoader> isolated = new WeakReference<>(null);

    private TestBootstrap() {}

    public static synchronized void agentmain(String options, Instrumentation instrumentation) throws Exception {
        ClassLoader loader = isolated.get();
        if (loader == null) {
            try (InputStream nested = TestBootstrap.class.getResourceAsStream("/nested.jar")) {
                loader = new TestLoader(nested);
            }
            isolated = new WeakReference<>(loader);
        }
        Class.forName("dev.asyncinspect.agent.AgentMain", true, loader)
                .getMethod("start", String.class, Instrumentation.class)
                .invoke(null, options, instrumentation);
    }

    /** Whether the loader of the last agent is gone. */
    public static synchronized boolean isCollected() {
        return isolated.get() == null;
    }
}
