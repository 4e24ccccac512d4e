package dev.asyncinspect.integrations.jdk;

import org.jspecify.annotations.Nullable;

/** Threads that the JVM keeps for itself: carriers, cleaners, handlers, and ours. */
public final class JvmThreads {

    /*
     * They are nobody's tasks: what carriers do is told by the virtual threads on them, and the others wait in native code, so
     * that they would look busy for ever. The JVM puts them into the topmost thread group or into one of its own directly
     * below; a program gets the group "main" there and puts its own below that. A platform thread that is started by a virtual
     * one, such as the worker of a pool, goes into the group of that, "VirtualThreads", which holds nothing of the JVM's.
     */

    private static final String OF_THE_PROGRAM = "main";
    private static final String OF_VIRTUAL_THREADS = "VirtualThreads";

    private static final String ENDS_THE_JVM = "DestroyJavaVM";

    private JvmThreads() {}

    /** Whether this platform thread is one; false for a thread that has ended. */
    public static boolean isOne(Thread thread) {
        @Nullable ThreadGroup group = thread.getThreadGroup();
        if (group == null) {
            return false;
        }
        ThreadGroup above = group.getParent();
        return above == null || (above.getParent() == null && !isOfTheProgram(group.getName()));
    }

    /**
     * Whether this is the thread that ends the JVM after {@code main}: it waits for the hooks at its end, among them ours, is in the
     * group of the program, and nobody starts it.
     */
    static boolean endsTheJvm(Thread thread) {
        return ENDS_THE_JVM.equals(thread.getName());
    }

    private static boolean isOfTheProgram(String group) {
        return OF_THE_PROGRAM.equals(group) || OF_VIRTUAL_THREADS.equals(group);
    }
}
