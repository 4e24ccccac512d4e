package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.StackTrace;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Patterns of frames that tell what a thread is doing. */
final class Stacks {

    /** Frames in which a thread waits for its next piece of work: idle, not stuck. */
    private static final Set<String> IDLE = Set.of(
            "java.util.concurrent.ThreadPoolExecutor.getTask",
            "java.util.concurrent.ForkJoinPool.awaitWork",
            "java.util.TimerThread.mainLoop",
            "java.lang.ref.ReferenceQueue.remove",
            "sun.nio.ch.SelectorImpl.select",
            "sun.nio.ch.SelectorImpl.lockAndDoSelect",
            "sun.nio.ch.EPollSelectorImpl.doSelect",
            "sun.nio.ch.EPoll.wait",
            "io.netty.channel.epoll.Native.epollWait",
            "java.net.ServerSocket.accept",
            "sun.nio.ch.ServerSocketChannelImpl.accept",
            "sun.nio.ch.NioSocketImpl.accept");

    /** Queues whose {@code take} and {@code poll} are how consumers wait for work. */
    private static final Set<String> QUEUE_READS = Set.of("take", "poll", "takeFirst", "takeLast", "pollFirst");

    /** Frames in which a thread runs the body of a future, and so may complete one. */
    private static final List<String> FUTURE_BODIES = List.of(
            "java.util.concurrent.FutureTask.run",
            "java.util.concurrent.FutureTask.runAndReset",
            "java.util.concurrent.CompletableFuture$AsyncSupply.run",
            "java.util.concurrent.CompletableFuture$AsyncRun.run",
            "java.util.concurrent.CompletableFuture$UniCompletion.run",
            "java.util.concurrent.CompletableFuture.postComplete",
            "java.util.concurrent.CompletableFuture.complete",
            "java.util.concurrent.CompletableFuture.completeExceptionally");

    /** Frames in which a timer waits for the time of what it is to run next, or for something to run. */
    private static final Set<String> TIMERS = Set.of(
            "java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue.take",
            "java.util.concurrent.DelayScheduler.loop",
            "java.util.TimerThread.mainLoop");

    private Stacks() {}

    /** Whether the thread waits for its next piece of work. */
    static boolean idle(StackTrace stack) {
        for (int i = 0; i < stack.frames().size(); i++) {
            Frame frame = stack.frames().get(i);
            if (IDLE.contains(stack.methods().get(i))
                    || (QUEUE_READS.contains(frame.method())
                            && frame.className().endsWith("Queue"))
                    || (QUEUE_READS.contains(frame.method())
                            && frame.className().endsWith("Deque"))) {
                return true;
            }
            if (!frame.isJdk() && !frame.isHidden()) {
                return false; // the program itself called something that blocks
            }
        }
        return false;
    }

    /** Whether it runs what a timer is given, each at its time, and waits now. */
    static boolean runsTimers(StackTrace stack) {
        return stack.methods().stream().anyMatch(TIMERS::contains);
    }

    /** Whether a library of threads waits here for work; unlike {@link #idle} not if the program itself asks a queue. */
    static boolean idleByItself(StackTrace stack) {
        for (int i = 0; i < stack.frames().size(); i++) {
            Frame frame = stack.frames().get(i);
            if (IDLE.contains(stack.methods().get(i))) {
                return true;
            }
            if (!frame.isJdk() && !frame.isHidden()) {
                return false;
            }
        }
        return false;
    }

    /** Whether it is a pipe of {@code java.io}, at which threads wait a second, again and again. */
    static boolean isPipe(Resource resource) {
        return resource.className() != null && resource.className().startsWith("java.io.Piped");
    }

    /** Whether it waits in {@code Object.wait}, called by the program, as home-made workers do who wait for work. */
    static boolean isInWaitSet(StackTrace stack) {
        Frame top = stack.top();
        return top != null
                && top.className().equals("java.lang.Object")
                && stack.frames().stream().noneMatch(frame -> frame.className().startsWith("java.io.Piped"));
    }

    /** Whether it waits to read from a pipe. */
    static boolean readsPipe(StackTrace stack) {
        return stack.methods().stream()
                .anyMatch(method ->
                        method.equals("java.io.PipedInputStream.read") || method.equals("java.io.PipedReader.read"));
    }

    /** Whether the thread is inside the body of some future, below whatever it is doing now. */
    static boolean runsFutureBody(StackTrace stack) {
        return stack.methods().stream().anyMatch(FUTURE_BODIES::contains);
    }

    /** Whether the thread listens to sockets, and so may be called from outside at any moment. */
    static boolean listens(StackTrace stack) {
        return stack.frames().stream()
                .anyMatch(f -> f.className().startsWith("sun.nio.ch.EPoll")
                        || f.className().equals("sun.nio.ch.SelectorImpl")
                        || f.className().startsWith("io.netty.channel."));
    }

    /** The index of the innermost frame of one of these methods, negative if there is none. */
    static int indexOf(StackTrace stack, Set<String> methods) {
        List<String> names = stack.methods();
        for (int i = 0; i < names.size(); i++) {
            if (methods.contains(names.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /** What the program was doing: its innermost own frame, or the innermost frame at all, null if there is none. */
    static @Nullable Frame place(StackTrace stack) {
        Frame own = stack.firstOutsideJdk();
        return own != null ? own : stack.top();
    }
}
