package dev.asyncinspect.sources;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The calls that count as awaits: methods of JDK types that can block, whatever subclass they are called on. */
final class BlockingCalls {

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
    }

    private final Supertypes supertypes;

    BlockingCalls(Supertypes supertypes) {
        this.supertypes = supertypes;
    }

    private static void add(String type, String... methods) {
        for (String method : methods) {
            TYPES.merge(method, Set.of(type), BlockingCalls::union);
        }
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new HashSet<>(one);
        both.addAll(other);
        return Set.copyOf(both);
    }

    /** Whether this instruction can block: by name, and by what its owner is or extends. */
    boolean isAwait(MethodCode.Instruction instruction) {
        if (instruction.kind() == MethodCode.Kind.MONITOR_ENTER) {
            return true;
        }
        Set<String> types = TYPES.get(instruction.name());
        if (instruction.kind() != MethodCode.Kind.CALL || types == null) {
            return false;
        }
        return types.contains("java.lang.Object") || isOneOf(instruction.owner(), types);
    }

    /** Whether a class, by internal name, is one of these types or extends one. */
    boolean isOneOf(String owner, Set<String> types) {
        String name = owner.replace('/', '.');
        if (types.contains(name)) {
            return true;
        }
        for (String supertype : supertypes.of(name)) {
            if (types.contains(supertype)) {
                return true;
            }
        }
        return false;
    }
}
