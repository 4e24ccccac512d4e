package dev.asyncinspect.sources;

import dev.asyncinspect.model.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Methods that are never run: their bytecode is read. A comment at the end of a line is the name of that line. */
@SuppressWarnings({"unused", "LockNotBeforeTry", "GuardedBy", "Finally"})
class Awaits {

    private static final Path SOURCE = Path.of("src/test/java/dev/asyncinspect/sources/Awaits.java");

    static int line(String mark) {
        try {
            List<String> lines = Files.readAllLines(SOURCE);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).endsWith("// " + mark)) {
                    return i + 1;
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        throw new AssertionError("no line is called '" + mark + "'");
    }

    static Frame frame(String method, String mark) {
        return new Frame(Awaits.class.getName(), method, "Awaits.java", line(mark));
    }

    int three(CompletableFuture<Integer> a, BlockingQueue<Integer> q) throws Exception {
        int x = a.get();
        int y = a.join(); // second
        return x + y + q.take();
    }

    int oneLine(CompletableFuture<Integer> a, BlockingQueue<Integer> q) throws Exception {
        return a.get() + q.take(); // one line
    }

    int timed(FutureTask<Integer> a, long time) throws Exception {
        int x = a.get(Long.MAX_VALUE, TimeUnit.MILLISECONDS); // endless
        int y = a.get(1_000_000, TimeUnit.MINUTES); // two years
        return x + y + a.get(time, TimeUnit.DAYS); // computed
    }

    int twice(CompletableFuture<Integer> a, CompletableFuture<Integer> b) throws Exception {
        return a.get() + b.get(); // twice
    }

    int decoy(Decoy decoy, CompletableFuture<Integer> a) {
        decoy.lock();
        return decoy.get() + a.join(); // real
    }

    int subclass(Own a) throws Exception {
        return a.get(); // subclass
    }

    int overloaded(BlockingQueue<Integer> q) throws Exception {
        return q.take(); // overload one
    }

    void overloaded(Semaphore a, Semaphore b) throws Exception {
        a.acquire();
        b.acquire(); // overload two
    }

    void nested(Object a, Object b, CompletableFuture<Integer> c) {
        synchronized (a) { // outer monitor
            System.out.println(); // between
            synchronized (b) { // inner monitor
                c.join(); // inside
            }
        }
    }

    synchronized void whole(CompletableFuture<Integer> c) {
        c.join(); // whole
    }

    void locked(ReentrantLock lock, CompletableFuture<Integer> c) {
        lock.lock(); // takes lock
        try {
            c.join(); // under lock
        } finally {
            lock.unlock();
        }
    }

    void released(ReentrantLock lock, CompletableFuture<Integer> c) {
        lock.lock();
        try {
            System.out.println();
        } finally {
            lock.unlock();
        }
        c.join(); // after unlock
    }

    void both(ReentrantLock a, ReentrantLock b, CompletableFuture<Integer> c) {
        a.lock(); // lock one
        b.lock(); // lock two
        c.join(); // under both
        b.unlock();
        a.unlock();
    }

    void upgrade(ReentrantReadWriteLock lock) {
        lock.readLock().lock(); // read half
        lock.writeLock().lock(); // write half
    }

    static class Own extends FutureTask<Integer> {
        Own() {
            super(() -> 1);
        }
    }

    static class Decoy {
        void lock() {}

        int get() {
            return 1;
        }
    }
}
