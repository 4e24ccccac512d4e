package dev.asyncinspect;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.ref.WeakReference;
import java.util.function.BiConsumer;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** {@code -javaagent:async-inspect.jar} and late attach: enters the agent that is nested in the jar. */
public final class AgentBootstrap {

    /*
     * Prints nothing and throws nothing: the program must start and go on as if we were not there. What went wrong is left in
     * a system property, where whoever attached looks for it.
     */

    private static final String AGENT = "dev.asyncinspect.agent.AgentMain";
    private static final String VERSION = "dev.asyncinspect.agent.version";
    private static final String FAILURE = "dev.asyncinspect.agent.failure";

    // Weak: a running agent keeps its loader alive by its thread and is entered again; after a detach the loader must
    // go.
    private static WeakReference<@Nullable IsolatedLoader> current = new WeakReference<>(null);

    private AgentBootstrap() {}

    /** Entered by the JVM before {@code main}. */
    public static void premain(@Nullable String options, Instrumentation instrumentation) {
        enter(options, instrumentation);
    }

    /** Entered by the JVM when we are attached. */
    public static void agentmain(@Nullable String options, Instrumentation instrumentation) {
        enter(options, instrumentation);
    }

    private static synchronized void enter(@Nullable String options, Instrumentation instrumentation) {
        try {
            // By an interface of the JDK and a constructor without arguments: the JDK would spin a class for any other
            // shape of call.
            @SuppressWarnings("unchecked") // it is ours
            BiConsumer<String, Instrumentation> agent = Class.forName(AGENT, true, loader())
                    .asSubclass(BiConsumer.class)
                    .getDeclaredConstructor()
                    .newInstance();
            agent.accept(options == null ? "" : options, instrumentation);
            System.clearProperty(FAILURE);
        } catch (Throwable e) {
            tell(e);
        }
    }

    private static void tell(Throwable failure) {
        try {
            System.setProperty(FAILURE, failure.toString());
        } catch (SecurityException e) {
            // A security manager grants us nothing: whoever attached finds no agent, and the program no trace of us.
        }
    }

    private static IsolatedLoader loader() throws IOException {
        IsolatedLoader loader = current.get();
        if (loader == null || loader.isClosed()) {
            JarFile jar = OwnJar.open();
            System.setProperty(VERSION, OwnJar.version(jar));
            loader = new IsolatedLoader(jar, OwnJar.location(), "inspect/agent/");
            current = new WeakReference<>(loader);
        }
        return loader;
    }
}
