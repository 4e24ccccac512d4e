package dev.asyncinspect.agent.jdk;

import dev.asyncinspect.core.rows.Relation;
import dev.asyncinspect.core.rows.Row;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads all threads: platform threads with their stacks at one instant, virtual ones through their containers. */
final class ThreadReader {

    /*
     * A virtual thread is asked for its state, its blocker and its stack one after the other. If the state is another one
     * afterwards it moved meanwhile, and is asked again; one that goes on moving is told without a stack.
     */

    private static final String CONTAINER = "jdk.internal.vm.ThreadContainer";
    private static final StackTraceElement[] NO_FRAMES = {};
    private static final int TRIES = 3;
    private static final int MOST_CONTAINERS = 100_000;

    private final Threads threads;
    private final ScopeReader scopes;
    private final TerminationReader termination;
    private final @Nullable MethodHandle root;
    private final @Nullable MethodHandle children;
    private final @Nullable MethodHandle members;
    private final @Nullable MethodHandle name;
    private final @Nullable MethodHandle owner;
    private final boolean hasVirtualThreads;

    ThreadReader(JdkDoor door, Threads threads, TerminationReader termination) {
        this.threads = threads;
        this.termination = termination;
        scopes = new ScopeReader(door, threads);
        Class<?> container = door.type(CONTAINER);
        root = container == null
                ? null
                : door.method("jdk.internal.vm.ThreadContainers", "root", MethodType.methodType(container));
        children = door.method(CONTAINER, "children", MethodType.methodType(Stream.class));
        members = door.method(CONTAINER, "threads", MethodType.methodType(Stream.class));
        name = door.method(CONTAINER, "name", MethodType.methodType(String.class));
        owner = door.method("jdk.internal.vm.StackableScope", "owner", MethodType.methodType(Thread.class));
        hasVirtualThreads = door.type("java.lang.VirtualThread") != null;
    }

    /**
     * Tells of all threads but our own.
     *
     * @return those that were told
     */
    List<Thread> read(Sample sample, boolean stacks) {
        List<Thread> told = new ArrayList<>();
        for (Map.Entry<Thread, StackTraceElement[]> entry :
                Thread.getAllStackTraces().entrySet()) {
            Thread thread = entry.getKey();
            if (thread != Thread.currentThread()) {
                StackTraceElement[] stack = stacks ? entry.getValue() : NO_FRAMES;
                tell(sample, thread, threads.state(thread), LockSupport.getBlocker(thread), null, stack);
                told.add(thread);
            }
        }
        if (hasVirtualThreads) {
            virtualThreads(sample, stacks, told);
        }
        return told;
    }

    private void virtualThreads(Sample sample, boolean stacks, List<Thread> told) {
        if (root == null || children == null || members == null) {
            sample.notSeen("virtual threads", "this JDK keeps them where we do not know");
            return;
        }
        try {
            List<Object> containers = new ArrayList<>(List.of(root.invoke()));
            for (int i = 0; i < containers.size() && i < MOST_CONTAINERS; i++) {
                Object container = containers.get(i);
                ((Stream<?>) children.invoke(container)).forEach(containers::add);
                ((Stream<?>) members.invoke(container)).forEach(member -> {
                    if (member instanceof Thread thread) {
                        if (scopes.isScope(container)) {
                            scopes.fork(container, thread, sample);
                        }
                        if (threads.isVirtual(thread)) {
                            virtualThread(sample, thread, container, stacks);
                            told.add(thread);
                        }
                    }
                });
            }
            for (Object container : containers) {
                describe(sample, container);
                if (termination.isAwaited(container, sample)) {
                    termination.read(container, sample);
                    ((Stream<?>) members.invoke(container))
                            .forEach(member -> termination.member(container, member, sample));
                }
            }
        } catch (Throwable e) {
            sample.notSeen("some virtual threads", e.toString());
        }
    }

    @SuppressWarnings("ReferenceEquality") // equals would run code of the program
    private void virtualThread(Sample sample, Thread thread, Object container, boolean stacks) {
        Thread.State state = threads.state(thread);
        Object blocker = LockSupport.getBlocker(thread);
        StackTraceElement[] stack = stacks ? thread.getStackTrace() : NO_FRAMES;
        for (int i = 0; i < TRIES; i++) {
            Thread.State now = threads.state(thread);
            if (now == state && LockSupport.getBlocker(thread) == blocker) {
                tell(sample, thread, state, blocker, container, stack);
                return;
            }
            state = now;
            blocker = LockSupport.getBlocker(thread);
            stack = stacks ? thread.getStackTrace() : stack;
        }
        tell(sample, thread, Thread.State.RUNNABLE, null, container, NO_FRAMES);
    }

    private void tell(
            Sample sample,
            Thread thread,
            Thread.@Nullable State state,
            @Nullable Object blocker,
            @Nullable Object container,
            StackTraceElement[] stack) {
        boolean virtual = threads.isVirtual(thread);
        sample.thread(new Row.ThreadSeen(
                threads.id(thread),
                thread.getName(),
                virtual,
                thread.isDaemon(),
                state == null ? "" : state.name(),
                virtual ? threads.carrier(thread) : 0,
                sample.ref(container),
                sample.ref(blocker),
                sample.stack(stack)));
        if (blocker != null && state == Thread.State.WAITING && RoomReader.isPutting(stack)) {
            sample.awaitsRoom(blocker);
        }
        Object latch = virtual ? threads.termination(thread) : null;
        if (latch != null) {
            sample.threadLink(latch, Relation.RUNNER, threads.id(thread));
        }
    }

    private void describe(Sample sample, Object container) {
        if (scopes.isScope(container)) {
            scopes.size(container, sample);
        }
        try {
            Object called = name == null ? null : name.invoke(container);
            if (called != null) {
                sample.text(container, Relation.NAME, called.toString());
            }
            Object owned = owner == null ? null : owner.invoke(container);
            if (owned instanceof Thread thread) {
                sample.threadLink(container, Relation.CONTAINER_OWNER, threads.id(thread));
            }
        } catch (Throwable e) {
            // it has no name for us
        }
    }
}
