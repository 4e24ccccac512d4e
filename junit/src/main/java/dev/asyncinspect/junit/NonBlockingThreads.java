package dev.asyncinspect.junit;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/** Threads that serve many and must not wait: event loops of Netty and Vert.x, the schedulers of Reactor. Used by one thread. */
final class NonBlockingThreads {

    /*
     * Told by sampling: one that waits at the same place in two samples, with code of the program between the wait and the
     * loop. A short wait between two samples is missed.
     */

    /** The interface by which Reactor marks such threads. */
    private static final String MARK = "reactor.core.scheduler.NonBlocking";

    /** Classes whose frame tells that the thread is a loop. */
    private static final List<String> LOOPS = List.of(
            "io.netty.channel.nio.NioEventLoop",
            "io.netty.channel.epoll.EpollEventLoop",
            "io.netty.channel.SingleThreadIoEventLoop",
            "io.netty.channel.DefaultEventLoop");

    /** Where a wait directly below these is the loop's own: for work. */
    private static final List<String> OWN = List.of("java.", "jdk.", "sun.", "io.netty.", "reactor.core.");

    private final Map<Class<?>, Boolean> marked = new WeakHashMap<>();
    private Map<Long, StackTraceElement[]> before = Map.of();

    /** Those that wait where they did in the sample before, with their stacks. */
    Map<Thread, StackTraceElement[]> blocked(List<Thread> threads) {
        Map<Long, StackTraceElement[]> now = new HashMap<>();
        Map<Thread, StackTraceElement[]> blocked = new HashMap<>();
        for (Thread thread : threads) {
            if (isWaiting(thread)) {
                StackTraceElement[] stack = thread.getStackTrace();
                if ((isMarked(thread.getClass()) || isLoop(stack)) && waitsInProgram(stack)) {
                    long id = Watermark.id(thread);
                    now.put(id, stack);
                    if (Arrays.equals(before.get(id), stack)) {
                        blocked.put(thread, stack);
                    }
                }
            }
        }
        before = now;
        return blocked;
    }

    private static boolean isWaiting(Thread thread) {
        return switch (thread.getState()) {
            case BLOCKED, WAITING, TIMED_WAITING -> true;
            default -> false;
        };
    }

    private boolean isMarked(Class<?> type) {
        return marked.computeIfAbsent(type, t -> hasMark(t));
    }

    private static boolean hasMark(Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (Class<?> implemented : c.getInterfaces()) {
                if (implemented.getName().equals(MARK) || hasMark(implemented)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isLoop(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (LOOPS.contains(frame.getClassName())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the innermost frame that is not the JDK's is the program's, not that of the loop or its library. */
    private static boolean waitsInProgram(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            String owner = frame.getClassName();
            if (OWN.stream().noneMatch(owner::startsWith)) {
                return true;
            }
            if (owner.startsWith("io.netty.") || owner.startsWith("reactor.core.")) {
                return false;
            }
        }
        return false;
    }

    /** The frames down to where the library has called the program. */
    static List<StackTraceElement> upToLoop(StackTraceElement[] stack) {
        List<StackTraceElement> frames = Arrays.asList(stack);
        boolean program = false;
        for (int i = 0; i < stack.length; i++) {
            String owner = stack[i].getClassName();
            boolean own = OWN.stream().anyMatch(owner::startsWith);
            if (own && program) {
                return frames.subList(0, i);
            }
            program |= !own;
        }
        return frames;
    }
}
