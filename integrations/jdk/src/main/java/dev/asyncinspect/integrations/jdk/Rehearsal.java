package dev.asyncinspect.integrations.jdk;

import dev.asyncinspect.weaving.Hook;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/** Runs the actions of hooks before these are woven in, for a recorder that nobody reads. */
final class Rehearsal {

    /*
     * A hook may come by in the middle of the loading of a class, even of one of ours: a loader takes a lock, a lock signals a
     * condition, and there we are. If the action needs a class then that is not loaded yet, the loader is asked for it from
     * within itself, and the JVM throws a LinkageError. The first run of a handle or a lambda loads classes too.
     *
     * So every action is run with everything that a hook could be handed, in the order of a task's life, so that what comes
     * second meets what the first has left. What does not fit is thrown back by the first cast.
     */

    private Rehearsal() {}

    static void of(List<Hook> hooks) {
        Runnable lambda = () -> {};
        IllegalStateException failure = new IllegalStateException("rehearsed\nnever seen");
        LambdaName.of(lambda.getClass());
        List<Object> seconds = List.of(lambda, failure, "text");
        List<Object> props = props(lambda, failure);
        addScopedValue(hooks, props);
        Set<Hook> typed = typed(hooks, props);
        for (Object first : props) {
            LockSupport.setCurrentBlocker(first);
            for (Hook hook : hooks) {
                if ((typed.contains(hook) && !hook.isFor(first)) || !fits(hook, first, null, 0)) {
                    continue;
                }
                if (hook.takesNumber()) {
                    fits(hook, first, null, 1);
                }
                if (hook.takesTwoObjects()) {
                    for (Object second : seconds) {
                        fits(hook, first, second, 0);
                    }
                }
            }
        }
        LockSupport.setCurrentBlocker(null);
    }

    /** Those for which some props are of the very class that they are in: the others would be thrown back, which takes its time. */
    private static Set<Hook> typed(List<Hook> hooks, List<Object> props) {
        Set<Hook> typed = new HashSet<>();
        for (Hook hook : hooks) {
            for (Object prop : props) {
                if (hook.isFor(prop)) {
                    typed.add(hook);
                    break;
                }
            }
        }
        return typed;
    }

    private static boolean fits(Hook hook, Object first, @Nullable Object second, long count) {
        try {
            hook.rehearse(first, second, count);
            return true;
        } catch (RuntimeException | LinkageError e) {
            return false; // it is for objects of another kind, or for another JDK
        }
    }

    private static List<Object> props(Runnable lambda, Throwable failure) {
        FutureTask<Void> failed = new FutureTask<>(() -> {
            throw new IllegalStateException(failure);
        });
        failed.run();
        FutureTask<?> cancelled = new FutureTask<>(lambda, null);
        cancelled.cancel(false);
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletableFuture<Void> dependent = source.thenRun(lambda);
        CompletableFuture<String> broken = new CompletableFuture<>();
        broken.completeExceptionally(failure);
        CompletableFuture<Void> brokenToo = broken.thenRun(lambda);
        ReentrantLock lock = new ReentrantLock();
        lock.lock(); // for good: what takes and gives it back looks whether it is had
        ReentrantReadWriteLock both = new ReentrantReadWriteLock();
        both.writeLock().lock();
        List<Object> props = new ArrayList<>(Arrays.asList(
                new Thread(lambda, "rehearsal"),
                lambda,
                "text",
                failure,
                failed,
                cancelled,
                new FutureTask<>(lambda, null),
                ForkJoinTask.adapt(lambda),
                source,
                dependent,
                broken,
                brokenToo,
                new Semaphore(1),
                new CountDownLatch(1),
                new Phaser(),
                lock,
                lock.newCondition(),
                both.writeLock(),
                List.of(lambda)));
        Object completion = completion(source);
        if (completion != null) {
            props.add(completion);
        }
        props.add(CompletableFuture.supplyAsync(() -> "", props::add));
        props.add(CompletableFuture.runAsync(lambda, props::add));
        Object virtual = virtualThread(lambda);
        if (virtual != null) {
            props.add(virtual);
        }
        return props;
    }

    /** Only if they are told: to bind one takes its time. */
    private static void addScopedValue(List<Hook> hooks, List<Object> props) {
        for (Hook hook : hooks) {
            if (hook.type().equals(ScopedBindings.TYPE)) {
                Object scoped = ScopedBindings.rehearse();
                if (scoped != null) {
                    props.add(scoped);
                }
                return;
            }
        }
    }

    /** What waits at a source for it. */
    private static @Nullable Object completion(CompletableFuture<?> source) {
        var stack = Insides.field("java.util.concurrent.CompletableFuture", "stack");
        return stack == null ? null : stack.get(source);
    }

    private static @Nullable Object virtualThread(Runnable task) {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            // Not unstarted(Runnable): for another shape of call the JDK spins three classes.
            Object factory = Class.forName("java.lang.Thread$Builder")
                    .getMethod("factory")
                    .invoke(builder);
            return ((ThreadFactory) factory).newThread(task);
        } catch (ReflectiveOperationException e) {
            return null; // JDK 17
        }
    }
}
