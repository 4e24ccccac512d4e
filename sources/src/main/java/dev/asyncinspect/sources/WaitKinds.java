package dev.asyncinspect.sources;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.ResourceKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells from the JDK's frames above the program's own what sort of thing a thread waits for. */
final class WaitKinds {

    /** Class prefixes of the JDK in whose methods a thread parks or waits, the more special first. */
    private static final Map<String, ResourceKind> BY_FRAME = new LinkedHashMap<>();

    static {
        String juc = "java.util.concurrent.";
        BY_FRAME.put(juc + "locks.ReentrantReadWriteLock", ResourceKind.READ_WRITE_LOCK);
        BY_FRAME.put(juc + "locks.StampedLock", ResourceKind.READ_WRITE_LOCK);
        BY_FRAME.put(juc + "locks.ReentrantLock", ResourceKind.LOCK);
        BY_FRAME.put(juc + "Semaphore", ResourceKind.SEMAPHORE);
        BY_FRAME.put(juc + "CountDownLatch", ResourceKind.LATCH);
        BY_FRAME.put(juc + "CyclicBarrier", ResourceKind.LATCH);
        BY_FRAME.put(juc + "Phaser", ResourceKind.LATCH);
        BY_FRAME.put(juc + "Exchanger", ResourceKind.LATCH);
        BY_FRAME.put(juc + "CompletableFuture", ResourceKind.FUTURE);
        BY_FRAME.put(juc + "FutureTask", ResourceKind.FUTURE);
        BY_FRAME.put(juc + "ForkJoinTask", ResourceKind.FUTURE);
        BY_FRAME.put(juc + "ForkJoinPool.runWorker", ResourceKind.QUEUE); // not managedBlock: that is only a means
        BY_FRAME.put(juc + "SynchronousQueue", ResourceKind.QUEUE);
        BY_FRAME.put(juc + "LinkedTransferQueue", ResourceKind.QUEUE);
        BY_FRAME.put(juc + "LinkedBlockingQueue", ResourceKind.QUEUE);
        BY_FRAME.put(juc + "LinkedBlockingDeque", ResourceKind.QUEUE);
        BY_FRAME.put(juc + "ArrayBlockingQueue", ResourceKind.QUEUE);
        BY_FRAME.put(juc + "PriorityBlockingQueue", ResourceKind.QUEUE);
        BY_FRAME.put(juc + "DelayQueue", ResourceKind.QUEUE);
        BY_FRAME.put(juc + "ScheduledThreadPoolExecutor$DelayedWorkQueue", ResourceKind.QUEUE);
        BY_FRAME.put(juc + "ThreadPoolExecutor.awaitTermination", ResourceKind.POOL);
        BY_FRAME.put(juc + "ForkJoinPool.awaitTermination", ResourceKind.POOL);
        BY_FRAME.put(juc + "ForkJoinPool.close", ResourceKind.POOL);
        BY_FRAME.put(juc + "ThreadPerTaskExecutor.awaitTermination", ResourceKind.POOL);
        BY_FRAME.put(juc + "locks.AbstractQueuedSynchronizer$ConditionObject", ResourceKind.CONDITION);
        BY_FRAME.put(juc + "locks.AbstractQueuedLongSynchronizer$ConditionObject", ResourceKind.CONDITION);
        BY_FRAME.put("java.lang.Thread.join", ResourceKind.THREAD_END);
        BY_FRAME.put("jdk.internal.misc.ThreadFlock.awaitAll", ResourceKind.THREAD_END);
        BY_FRAME.put("java.lang.Thread.sleep", ResourceKind.SLEEP);
        BY_FRAME.put("java.lang.ProcessImpl.waitFor", ResourceKind.IO);
    }

    /** What a thread of Kotlin waits in for the end of a coroutine. */
    static final String RUN_BLOCKING = "kotlinx.coroutines.BlockingCoroutine";

    /** Native methods in which a RUNNABLE thread waits for the outside world. */
    private static final Set<String> BLOCKING_NATIVES = Set.of(
            "sun.nio.ch.SocketDispatcher.read0",
            "sun.nio.ch.UnixDomainSockets.accept0",
            "sun.nio.ch.Net.accept",
            "sun.nio.ch.Net.poll",
            "sun.nio.ch.Net.connect0",
            "sun.nio.ch.EPoll.wait",
            "sun.nio.ch.FileDispatcherImpl.read0",
            "sun.nio.ch.UnixFileDispatcherImpl.read0",
            "java.io.FileInputStream.readBytes",
            "java.io.FileInputStream.read0",
            "java.net.SocketInputStream.socketRead0",
            "java.net.PlainSocketImpl.socketAccept",
            "java.lang.ProcessHandleImpl.waitForProcessExit0",
            "io.netty.channel.epoll.Native.epollWait");

    /** Those whose {@code close} waits a day again and again until all tasks have ended. */
    private static final Set<String> CLOSED_WHEN_ENDED = Set.of(
            "java.util.concurrent.ExecutorService",
            "java.util.concurrent.ForkJoinPool",
            "java.util.concurrent.ThreadPerTaskExecutor");

    private WaitKinds() {}

    /** What a parked or waiting stack waits for, as far as its frames tell; the innermost frame that tells wins. */
    static ResourceKind of(List<Frame> frames) {
        ResourceKind found = ResourceKind.UNKNOWN;
        for (Frame frame : frames) {
            if (!frame.isJdk() && !frame.isHidden()) {
                return found == ResourceKind.UNKNOWN && RUN_BLOCKING.equals(frame.className())
                        ? ResourceKind.FUTURE
                        : found;
            }
            ResourceKind kind = byFrame(frame);
            // A condition or lock inside a queue, a barrier or a future is only the means: the outer class is the
            // thing. So is a latch inside a pool.
            if (kind != null && (found == ResourceKind.UNKNOWN || isMeans(found) || kind == ResourceKind.POOL)) {
                found = kind;
            }
        }
        return found;
    }

    private static boolean isMeans(ResourceKind kind) {
        return kind == ResourceKind.CONDITION;
    }

    /** What a method of the JDK waits for; null if it is none that waits. */
    static @Nullable ResourceKind byFrame(Frame frame) {
        String name = frame.className() + "." + frame.method();
        for (Map.Entry<String, ResourceKind> entry : BY_FRAME.entrySet()) {
            if (name.startsWith(entry.getKey())) {
                return entry.getValue();
            }
        }
        return null;
    }

    /** Whether this method of the JDK, on whose behalf a thread waits, waits again when the time is over. */
    static boolean goesOnWaiting(Frame frame) {
        return frame.method().equals("close") && CLOSED_WHEN_ENDED.contains(frame.className());
    }

    /** Whether a thread with this top frame waits for the outside world though the JVM calls it RUNNABLE. */
    static boolean isBlockingNative(Frame top) {
        return top.line() == Frame.LINE_NATIVE && BLOCKING_NATIVES.contains(top.className() + "." + top.method());
    }

    /** Whether the stack asks for the read half of a lock. */
    static AccessMode mode(List<Frame> frames) {
        for (Frame frame : frames) {
            if (frame.className().endsWith("ReentrantReadWriteLock$ReadLock")
                    || (frame.className().endsWith(".StampedLock")
                            && frame.method().contains("eadLock"))) {
                return AccessMode.SHARED;
            }
            if (!frame.isJdk()) {
                break;
            }
        }
        return AccessMode.EXCLUSIVE;
    }
}
