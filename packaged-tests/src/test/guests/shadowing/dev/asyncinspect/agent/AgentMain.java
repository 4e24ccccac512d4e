package dev.asyncinspect.agent;

/** A class with the name of our agent's entry: the bootstrap must not enter it. */
public class AgentMain {

    public static void start(String options, java.lang.instrument.Instrumentation instrumentation) {
        System.out.println("the program's class was taken for the agent");
    }

    public static String whose() {
        return "the program's";
    }
}
