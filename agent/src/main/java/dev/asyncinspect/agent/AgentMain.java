package dev.asyncinspect.agent;

import java.lang.instrument.Instrumentation;

/** Where the bootstrap enters the isolated agent. */
public final class AgentMain {

    private AgentMain() {}

    /**
     * Starts the agent; a second call does nothing. Prints nothing and throws nothing.
     *
     * @param options the text after {@code =} on the command line, empty if none
     */
    public static void start(String options, Instrumentation instrumentation) {}
}
