package dev.asyncinspect.core.event;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The calls that count as awaits: methods of known types that can block, whatever subclass they are called on. What numbers the awaits of a
 * method goes by this table, so that a stack, a recording and a dump mean the same by {@code await#2}. To enter a monitor is an await too.
 */
public final class AwaitCalls {

    /** What is called where a monitor is entered. */
    public static final String MONITOR = "synchronized";

    /** What is told of who waits for the end of a thread. */
    public static final String JOIN = "java.lang.Thread.join";

    private static final String JUC = "java.util.concurrent.";

    /** Method name to the types that declare it. */
    private static final Map<String, Set<String>> TYPES = new HashMap<>();

    static {
        add("java.lang.Object", "wait");
        add("java.lang.Thread", "join", "sleep");
        add("java.lang.Process", "waitFor");
        add(JUC + "Future", "get", "resultNow");
        add(JUC + "CompletableFuture", "get", "join");
        add(JUC + "ForkJoinTask", "get", "join", "invoke", "quietlyJoin", "quietlyInvoke");
        add(JUC + "ForkJoinPool", "invoke", "awaitQuiescence");
        add(JUC + "locks.Lock", "lock", "lockInterruptibly", "tryLock");
        add(JUC + "locks.StampedLock", "readLock", "writeLock", "readLockInterruptibly", "writeLockInterruptibly");
        add(JUC + "locks.Condition", "await", "awaitNanos", "awaitUntil", "awaitUninterruptibly");
        add(JUC + "locks.LockSupport", "park", "parkNanos", "parkUntil");
        add(JUC + "BlockingQueue", "put", "take", "offer", "poll");
        add(JUC + "BlockingDeque", "putFirst", "putLast", "takeFirst", "takeLast");
        add(JUC + "TransferQueue", "transfer", "tryTransfer");
        add(JUC + "Semaphore", "acquire", "acquireUninterruptibly", "tryAcquire");
        add(JUC + "CountDownLatch", "await");
        add(JUC + "CyclicBarrier", "await");
        add(JUC + "Phaser", "arriveAndAwaitAdvance", "awaitAdvance", "awaitAdvanceInterruptibly");
        add(JUC + "Exchanger", "exchange");
        add(JUC + "ExecutorService", "invokeAll", "invokeAny", "awaitTermination", "close");
        add(JUC + "CompletionService", "take", "poll");
        add(JUC + "StructuredTaskScope", "join", "joinUntil");
        add("java.io.InputStream", "read", "readAllBytes", "readNBytes", "transferTo");
        add("java.io.Reader", "read");
        add("java.net.Socket", "connect");
        add("java.net.ServerSocket", "accept");
        add("java.nio.channels.ReadableByteChannel", "read");
        add("java.nio.channels.WritableByteChannel", "write");
        add("java.nio.channels.SocketChannel", "connect");
        add("java.nio.channels.ServerSocketChannel", "accept");
        add("java.nio.channels.Selector", "select");
        add("java.net.http.HttpClient", "send");
        add("java.sql.Statement", "execute", "executeQuery", "executeUpdate", "executeBatch");
        add("javax.sql.DataSource", "getConnection");
        add("dev.asyncinspect.core.Inspect", "await");
    }

    private AwaitCalls() {}

    private static void add(String type, String... methods) {
        for (String method : methods) {
            TYPES.merge(method, Set.of(type), AwaitCalls::union);
        }
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new HashSet<>(one);
        both.addAll(other);
        return Set.copyOf(both);
    }

    /** The types, by binary name, whose method of this name can block; empty if there is none. */
    public static Set<String> typesWith(String method) {
        return TYPES.getOrDefault(method, Set.of());
    }

    /** Whether every class has these methods, as it has {@code wait}: then the class that is named in the call does not matter. */
    public static boolean isEveryones(Set<String> types) {
        return types.contains("java.lang.Object");
    }
}
