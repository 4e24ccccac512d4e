package dev.asyncinspect.sources;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.sources.heap.Awaited;
import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapClass;
import dev.asyncinspect.sources.heap.HeapThread;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the threads of a heap wait for, as far as only another thread could give it. */
final class HeapWaits {

    /*
     * | stands in                        | waits for                              | given by                            |
     * |----------------------------------|----------------------------------------|-------------------------------------|
     * | CompletableFuture.waitingGet     | the future                             | whoever reaches it                  |
     * | a lock that has an owner         | the lock                               | its owner alone                     |
     * | a condition it still queues in   | the condition                          | whoever reaches it                  |
     * | a condition it was signalled at  | the lock of the condition              | as for a lock                       |
     * | any other park                   | the blocker it names                   | whoever reaches it                  |
     * | Thread.join                      | the thread                             | the end of that thread              |
     * | Object.wait of the program       | the object                             | whoever reaches it                  |
     *
     * Left out, because something else can let them go on: waits with a timeout, plain park() without a blocker, the
     * entry of a monitor (a heap dump does not say who is in it), Object.wait of virtual threads and of the JDK itself, queues that the collector fills,
     * semaphores that have permits (fewer than are wanted, or just given back), and whoever was already woken and has not
     * run yet.
     */

    private static final String JUC = "java.util.concurrent.";
    private static final String LOCKS = JUC + "locks.";
    private static final Set<String> WAITING_METHODS = Set.of("waitingGet", "join", "get");
    private static final List<String> SYNCS =
            List.of(LOCKS + "AbstractQueuedSynchronizer", LOCKS + "AbstractQueuedLongSynchronizer");
    private static final List<String> LOCK_SYNCS =
            List.of(LOCKS + "ReentrantLock$Sync", LOCKS + "ReentrantReadWriteLock$Sync");
    private static final int MOST_NODES = 1_000_000;
    private static final int WAITING = 1;
    private static final int PARKED = 0x200;
    private static final int ENTERS_MONITOR = 0x400;
    /** Waits in Object.wait, without a timeout. */
    private static final int IN_WAIT_SET = 0x110;

    private static final String OBJECT = "java.lang.Object";

    private final Heap heap;
    private final HeapPeople people;
    private final Set<Long> shown = new HashSet<>();
    private final Set<Integer> virtualParked = new HashSet<>();

    HeapWaits(Heap heap) {
        this.heap = heap;
        this.people = new HeapPeople(heap, List.of(), List.of());
        heap.threads().forEach(thread -> shown.add(thread.objectId()));
        for (String state : List.of("PARKED", "PINNED")) {
            virtualParked.add(heap.staticInt("java.lang.VirtualThread", state, -1));
        }
    }

    /** What this thread waits for; null if it does not wait, or may go on by itself. */
    @Nullable
    Awaited of(HeapThread thread) {
        long joined = joined(thread);
        if (joined != 0) {
            return joined == thread.objectId() ? null : new Awaited(thread, joined, joined);
        }
        long notified = notified(thread);
        if (notified != 0) {
            return new Awaited(thread, notified, 0);
        }
        if (!isParkedForEver(thread)) {
            return HeapCoroutines.awaited(heap, thread);
        }
        long blocker = heap.reference(thread.objectId(), "parkBlocker");
        if (blocker == 0) {
            return null;
        }
        if (heap.isA(blocker, JUC + "CompletableFuture$Signaller")) {
            return future(thread, blocker);
        }
        if (heap.isA(blocker, JUC + "FutureTask")) {
            return !heap.has(blocker, "state") || heap.number(blocker, "state") > 1
                    ? null
                    : new Awaited(thread, blocker, 0);
        }
        for (String sync : SYNCS) {
            if (heap.isA(blocker, sync + "$ConditionObject")) {
                boolean queues = isInQueueOf(blocker, thread.objectId());
                return queues
                        ? new Awaited(thread, blocker, 0)
                        : synchronizer(thread, heap.reference(blocker, "this$0"));
            }
            if (heap.isA(blocker, sync)) {
                return synchronizer(thread, blocker);
            }
        }
        return isUnknownSynchronizer(blocker) ? null : new Awaited(thread, blocker, 0);
    }

    /** Whether it belongs to a lock of a JDK that builds its locks on something else than we know. */
    private boolean isUnknownSynchronizer(long blocker) {
        HeapClass type = heap.classOf(blocker);
        return type != null && type.name().startsWith(JUC) && type.name().endsWith("Sync");
    }

    private @Nullable Awaited synchronizer(HeapThread thread, long sync) {
        if (sync == 0 || !heap.has(sync, "state") || !heap.has(sync, "exclusiveOwnerThread")) {
            return null;
        }
        long owner = heap.reference(sync, "exclusiveOwnerThread");
        if (owner != 0 && !shown.contains(owner) && !people.hasEnded(owner)) {
            return null; // the dump leaves this thread out
        }
        boolean isLock = LOCK_SYNCS.stream().anyMatch(type -> heap.isA(sync, type));
        if (!isLock && owner != 0) {
            return null; // whether only its owner can release it is not known
        }
        if (isLock && owner == 0 && heap.number(sync, "state") == 0) {
            return null; // free: it is about to be handed on
        }
        boolean isOpenLatch = heap.isA(sync, JUC + "CountDownLatch$Sync") && heap.number(sync, "state") == 0;
        boolean hasPermits = heap.isA(sync, JUC + "Semaphore$Sync") && heap.number(sync, "state") != 0;
        boolean goesOn = isOpenLatch || hasPermits || !waitsAt(sync, thread.objectId());
        return goesOn ? null : new Awaited(thread, sync, isLock ? owner : 0);
    }

    /** Whether the thread queues here and was not woken: waking it takes this mark from its node. */
    private boolean waitsAt(long sync, long thread) {
        long node = heap.reference(sync, "tail");
        for (int i = 0; i < MOST_NODES && node != 0; i++) {
            if (heap.reference(node, "waiter") == thread) {
                return (heap.number(node, "status") & WAITING) != 0;
            }
            node = heap.reference(node, "prev");
        }
        return false;
    }

    private @Nullable Awaited future(HeapThread thread, long signaller) {
        int depth = depthOf(thread, JUC + "CompletableFuture", WAITING_METHODS);
        for (long local : thread.locals().getOrDefault(depth, List.of())) {
            if (heap.isA(local, JUC + "CompletableFuture")) {
                return !heap.has(local, "result") || heap.reference(local, "result") != 0
                        ? null
                        : new Awaited(thread, local, 0);
            }
        }
        boolean woken = heap.reference(signaller, "thread") == 0;
        return woken ? null : new Awaited(thread, signaller, 0); // hangs on the future: who reaches that reaches this
    }

    /** Whether this platform thread is about to enter a monitor that another one is in. */
    static boolean entersMonitor(Heap heap, HeapThread thread) {
        return (heap.number(HeapPeople.holder(heap, thread.objectId()), "threadStatus") & ENTERS_MONITOR) != 0;
    }

    /** The thread that this one joins without a timeout, 0 if it does not. */
    private long joined(HeapThread thread) {
        int depth = depthOf(thread, "java.lang.Thread", Set.of("join"));
        boolean waits = !thread.frames().isEmpty()
                && thread.frames().get(0).className().equals("java.lang.Object")
                && (heap.number(HeapPeople.holder(heap, thread.objectId()), "threadStatus") & 0x10) != 0;
        if (depth < 0 || !waits) {
            return 0;
        }
        for (long local : thread.locals().getOrDefault(depth, List.of())) {
            if (heap.isA(local, "java.lang.Thread")) {
                return local;
            }
        }
        return 0;
    }

    /**
     * The object in whose wait set this platform thread is, without a timeout; 0 if in none. Whoever is notified has another status from
     * that moment on. What the JDK itself waits for in this way is left out: it is meant to be idle.
     */
    private long notified(HeapThread thread) {
        long status = heap.number(HeapPeople.holder(heap, thread.objectId()), "threadStatus");
        if ((status & IN_WAIT_SET) != IN_WAIT_SET) {
            return 0;
        }
        for (int depth = 0; depth < thread.frames().size(); depth++) {
            Frame frame = thread.frames().get(depth);
            if (!frame.className().equals(OBJECT)) {
                return 0;
            }
            List<Long> locals = thread.locals().getOrDefault(depth, List.of());
            if (!locals.isEmpty()) {
                boolean own = thread.frames().stream()
                        .filter(each -> !each.className().equals(OBJECT))
                        .findFirst()
                        .map(each -> !each.isJdk())
                        .orElse(false);
                return own ? locals.get(0) : 0;
            }
        }
        return 0;
    }

    private boolean isParkedForEver(HeapThread thread) {
        boolean parks = false;
        for (Frame frame : thread.frames()) {
            if (frame.className().equals("java.lang.ref.ReferenceQueue")
                    || frame.method().startsWith("parkNanos")) {
                return false;
            }
            if (frame.className().equals(LOCKS + "LockSupport")) {
                if (!frame.method().equals("park")) {
                    return false; // parkNanos, parkUntil
                }
                parks = true;
            }
        }
        if (heap.isA(thread.objectId(), "java.lang.VirtualThread")) {
            return parks && virtualParked.contains((int) heap.number(thread.objectId(), "state"));
        }
        return parks && (heap.number(HeapPeople.holder(heap, thread.objectId()), "threadStatus") & PARKED) != 0;
    }

    private boolean isInQueueOf(long condition, long thread) {
        long node = heap.reference(condition, "firstWaiter");
        for (int i = 0; i < MOST_NODES && node != 0; i++) {
            if (heap.reference(node, "waiter") == thread) {
                return true;
            }
            node = heap.reference(node, "nextWaiter");
        }
        return false;
    }

    private static int depthOf(HeapThread thread, String className, Set<String> methods) {
        for (int depth = 0; depth < thread.frames().size(); depth++) {
            Frame frame = thread.frames().get(depth);
            if (frame.className().equals(className) && methods.contains(frame.method())) {
                return depth;
            }
            if (!frame.isJdk()) {
                return -1;
            }
        }
        return -1;
    }
}
