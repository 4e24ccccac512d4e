package dev.asyncinspect.sources;

import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Source;
import dev.asyncinspect.sources.heap.HprofWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A heap with the JDK's classes as far as we read them, of which one class or field can have another name. */
final class HeapScene {

    static final String JUC = "java.util.concurrent.";
    private static final String LOCKS = JUC + "locks.";
    static final int PARKED = 0x200 | 0x10 | 0x80 | 0x1;
    private static final int RUNNABLE = 0x4 | 0x1;

    final HprofWriter heap;
    private int threads;

    HeapScene(String renamed) {
        heap = new HprofWriter(8)
                .renaming(renamed)
                .type(
                        "java.lang.Thread$FieldHolder",
                        "java.lang.Object",
                        "group",
                        "threadStatus:int",
                        "daemon:boolean",
                        "task")
                .type(
                        "java.lang.Thread",
                        "java.lang.Object",
                        "name",
                        "holder",
                        "parkBlocker",
                        "tid:long",
                        "uncaughtExceptionHandler",
                        "contextClassLoader")
                .type(LOCKS + "AbstractOwnableSynchronizer", "java.lang.Object", "exclusiveOwnerThread")
                .type(
                        LOCKS + "AbstractQueuedSynchronizer",
                        LOCKS + "AbstractOwnableSynchronizer",
                        "head",
                        "tail",
                        "state:int")
                .type(
                        LOCKS + "AbstractQueuedSynchronizer$Node",
                        "java.lang.Object",
                        "prev",
                        "next",
                        "waiter",
                        "status:int")
                .type(LOCKS + "ReentrantLock$Sync", LOCKS + "AbstractQueuedSynchronizer")
                .type(JUC + "Semaphore$Sync", LOCKS + "AbstractQueuedSynchronizer")
                .type(JUC + "CountDownLatch$Sync", LOCKS + "AbstractQueuedSynchronizer")
                .type(JUC + "CompletableFuture", "java.lang.Object", "result", "stack")
                .type(JUC + "CompletableFuture$Signaller", "java.lang.Object", "thread")
                .type(JUC + "FutureTask", "java.lang.Object", "callable", "runner", "state:int");
    }

    /** A {@code Thread} object. */
    long newThread(boolean parked, long blocker) {
        return newThread(parked ? PARKED : RUNNABLE, blocker);
    }

    /** A {@code Thread} object with this status, as the JVM keeps it. */
    long newThread(int status, long blocker) {
        return newThread(status, blocker, 0);
    }

    /** The same that was made with this {@code Runnable}. */
    long newThread(int status, long blocker, long task) {
        return thread(heap.newId(), status, blocker, task);
    }

    /** One that waits at this object or runs, of this id. */
    long thread(long id, boolean parked, long blocker) {
        return thread(id, parked ? PARKED : RUNNABLE, blocker, 0);
    }

    private long thread(long id, int status, long blocker, long task) {
        long holder = heap.object("java.lang.Thread$FieldHolder", 0, status, 0, task);
        int number = ++threads;
        return heap.object(id, "java.lang.Thread", heap.string("t" + number), holder, blocker, number);
    }

    /** A thread that runs and has these objects. */
    HeapScene running(long thread, long... locals) {
        heap.stack(thread, List.of("shop.Main.run"), Map.of(0, locals));
        return this;
    }

    /** A thread that is parked in this method of the JDK, whose frame has these objects. */
    HeapScene parked(long thread, String method, long... locals) {
        heap.stack(
                thread,
                List.of("jdk.internal.misc.Unsafe.park", LOCKS + "LockSupport.park", method, "shop.Main.ask"),
                Map.of(2, locals, 3, locals));
        return this;
    }

    /** Somebody who waits at a synchronizer of this class, in this state, that somebody owns. */
    long waitsAt(String sync, int state, long owner, String method) {
        long id = heap.newId();
        long thread = newThread(true, id);
        long node = heap.object(LOCKS + "AbstractQueuedSynchronizer$Node", 0, 0, thread, 1);
        heap.object(id, sync, node, node, state, owner);
        parked(thread, method, id);
        return id;
    }

    Snapshot in(Path folder) throws IOException, SourceException {
        return in(folder, MonitorWitness.NONE);
    }

    /** The same between two text dumps. */
    Snapshot in(Path folder, MonitorWitness witness) throws IOException, SourceException {
        return in(folder, witness, ClassFiles.none());
    }

    /** The same where there are class files. */
    Snapshot in(Path folder, MonitorWitness witness, ClassFiles classes) throws IOException, SourceException {
        Source source = new Source(Source.Distance.HEAP, "scene", 0, "25");
        return HeapFiles.read(
                heap.to(folder.resolve("scene.hprof")),
                source,
                CompiledMethods.UNKNOWN,
                witness,
                MonotonicClock.NONE,
                new AwaitSites(classes));
    }
}
