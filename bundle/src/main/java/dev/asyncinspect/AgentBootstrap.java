package dev.asyncinspect;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** {@code -javaagent:async-inspect.jar} and late attach: enters the agent that is nested in the jar. */
public final class AgentBootstrap {

    private static final String AGENT = "dev.asyncinspect.agent.AgentMain";

    private AgentBootstrap() {}

    /** Entered by the JVM before {@code main}. */
    public static void premain(@Nullable String options, Instrumentation instrumentation) {
        enter(options, instrumentation);
    }

    /** Entered by the JVM when we are attached. */
    public static void agentmain(@Nullable String options, Instrumentation instrumentation) {
        enter(options, instrumentation);
    }

    private static void enter(@Nullable String options, Instrumentation instrumentation) {
        try {
            JarFile jar = OwnJar.open();
            IsolatedLoader loader = new IsolatedLoader(jar, OwnJar.location(), "inspect/agent/");
            Class<?> agent = Class.forName(AGENT, true, loader);
            String text = options == null ? "" : options; // inside the exact call it would be passed as an Object
            MethodHandles.publicLookup()
                    .findStatic(agent, "start", MethodType.methodType(void.class, String.class, Instrumentation.class))
                    .invokeExact(text, instrumentation);
        } catch (Throwable e) {
            // The program must start as if we were not there. Whoever attached sees that no agent answers; for
            // -javaagent the
            // reason is kept where the command line looks for it.
            System.setProperty("dev.asyncinspect.agent.failure", e.toString());
        }
    }
}
