package dev.asyncinspect.integrations.jdk;

import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.testkit.OwnInstrumentation;
import dev.asyncinspect.weaving.HookState;
import dev.asyncinspect.weaving.Weaver;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A program that comes by all the hooks, first without them and then with them, and prints which classes the second time needed. */
@SuppressWarnings({"FutureReturnValueIgnored", "LockNotBeforeTry", "WaitNotInLoop", "ThreadPriorityCheck"
}) // comes by, no more
final class EveryHook {

    private EveryHook() {}

    public static void main(String[] arguments) throws Exception {
        comeBy(); // what the program itself needs is loaded then
        Instrumentation instrumentation = OwnInstrumentation.get();
        Weaver weaver = Weaver.open(instrumentation, JdkHooks.tested());
        Recorder recorder = Recorder.create();
        recorder.turn(true);
        Extras extras = new Extras(true, true, true);
        weaver.install(JdkHooks.of(recorder, instrumentation, extras), () -> JdkHooks.rehearse(extras, type -> false));
        walkFrames(100);
        Set<Class<?>> before = loaded(instrumentation);
        comeBy();
        recorder.turn(false);
        Set<Class<?>> after = loaded(instrumentation);
        after.removeAll(before);
        List<String> ours = new ArrayList<>();
        for (Class<?> type : after) {
            if (type.getName().contains("asyncinspect") || type.getName().contains("LambdaForm")) {
                ours.add(type.getName());
            }
        }
        System.out.println("loaded by hooks: " + ours);
        List<HookState> failed = weaver.hooks().stream()
                .filter(hook -> hook.failures() > 0 || hook.status() != HookState.Status.ON)
                .filter(hook -> hook.status() != HookState.Status.PENDING) // of a class that this program does without
                .toList();
        System.out.println("failed hooks: " + failed);
        System.out.println("left in: " + weaver.remove());
    }

    /** The JDK makes a class of its own for the handle behind the frames of a deep stack when it is called for the 127th time, whoever walks; anew once classes were woven. */
    private static long walkFrames(int depth) {
        return depth > 0
                ? walkFrames(depth - 1)
                : IntStream.range(0, 100)
                        .mapToLong(i -> StackWalker.getInstance().walk(Stream::count))
                        .sum();
    }

    private static Set<Class<?>> loaded(Instrumentation instrumentation) {
        Set<Class<?>> loaded = new HashSet<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            loaded.add(type);
        }
        return loaded;
    }

    private static void comeBy() throws Exception {
        threads();
        pools();
        forks();
        stages();
        holds();
        signals();
        blockingCalls();
        scopedValues();
    }

    private static void scopedValues() throws Exception {
        ScopedValue<String> value = ScopedValue.newInstance();
        ScopedValue.where(value, "x").run(() -> Thread.startVirtualThread(() -> {}));
        try (ExecutorService own = Executors.newVirtualThreadPerTaskExecutor()) {
            own.submit(value::get);
        }
    }

    private static void threads() throws Exception {
        Thread failing = new Thread(() -> {
            Thread.currentThread().setName("failing");
            LockSupport.parkNanos(1);
            throw new IllegalStateException("no salt");
        });
        failing.setUncaughtExceptionHandler((thread, failure) -> {});
        failing.start();
        failing.join();
        Thread.sleep(1);
        Thread virtual = Thread.ofVirtual().unstarted(() -> {
            Thread.yield();
            LockSupport.parkNanos(1);
            throw new IllegalStateException("no salt");
        });
        virtual.setUncaughtExceptionHandler((thread, failure) -> {});
        virtual.start();
        virtual.join();
        try (ExecutorService own = Executors.newVirtualThreadPerTaskExecutor()) {
            own.submit(EveryHook::fail);
        }
    }

    private static Object fail() {
        throw new IllegalStateException("no salt");
    }

    private static void pools() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(1);
        CountDownLatch gate = new CountDownLatch(1);
        Future<?> broken = pool.submit(EveryHook::fail);
        while (!broken.isDone()) {
            Thread.onSpinWait();
        }
        try {
            broken.get();
        } catch (ExecutionException e) {
            // it has failed
        }
        pool.execute(() -> await(gate));
        pool.submit(EveryHook::fail).cancel(false);
        pool.execute(() -> {});
        pool.shutdownNow();
        gate.countDown();
        refused(() -> pool.execute(() -> {}));
        var timer = Executors.newScheduledThreadPool(1);
        timer.schedule(() -> {}, 1, TimeUnit.NANOSECONDS).get();
        timer.shutdownNow();
    }

    private static void forks() throws Exception {
        ForkJoinPool pool = new ForkJoinPool(2);
        pool.submit(() -> IntStream.range(0, 10_000).parallel().sum()).get();
        pool.submit(EveryHook::fail);
        pool.execute(() -> {});
        pool.submit(EveryHook::fail).cancel(false);
        pool.shutdown();
        refused(() -> pool.execute(() -> {}));
        refused(() -> CompletableFuture.runAsync(() -> {}, pool));
        pool.close();
    }

    private static void refused(Runnable handing) {
        try {
            handing.run();
        } catch (RejectedExecutionException e) {
            // it was shut down
        }
    }

    private static void stages() {
        ExecutorService pool = Executors.newFixedThreadPool(1);
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletableFuture<String> other = new CompletableFuture<>();
        CompletableFuture<?>[] stages = {
            source.thenApply(x -> x).thenAccept(x -> {}).thenRun(() -> {}),
            source.thenApplyAsync(x -> x, pool),
            source.whenComplete((x, failure) -> {}).handle((x, failure) -> x),
            source.thenCompose(x -> other),
            source.thenCombine(other, (x, y) -> x),
            source.applyToEither(other, x -> x),
            source.thenApply(x -> fail()).exceptionally(failure -> "x"),
            CompletableFuture.anyOf(source, other),
            CompletableFuture.supplyAsync(() -> "x"),
            CompletableFuture.runAsync(EveryHook::fail, pool).exceptionally(failure -> null)
        };
        CompletableFuture<Void> all = CompletableFuture.allOf(stages);
        source.thenRun(() -> {}).cancel(true);
        source.complete("x");
        other.complete("y");
        source.thenRunAsync(() -> {}, pool).join();
        all.join();
        pool.shutdown();
    }

    private static void blockingCalls() throws Exception {
        Object monitor = new Object();
        synchronized (monitor) {
            monitor.wait(1);
        }
        try (Selector selector = Selector.open();
                ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket other = server.accept()) {
            selector.select(1);
            Thread reading = Thread.startVirtualThread(() -> read(socket));
            while (reading.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            other.shutdownOutput();
            reading.join();
        }
    }

    private static void read(Socket socket) {
        try {
            socket.getInputStream().read();
        } catch (IOException e) {
            // nobody is left to read from
        }
    }

    private static void holds() throws Exception {
        Semaphore semaphore = new Semaphore(3);
        semaphore.acquire();
        semaphore.acquire(1);
        if (semaphore.tryAcquire() && !semaphore.tryAcquire(2)) {
            semaphore.release();
            semaphore.release(2);
        }
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        if (lock.readLock().tryLock()) {
            lock.readLock().unlock();
        }
        lock.writeLock().lock();
        lock.writeLock().unlock();
    }

    private static void signals() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        Condition condition = lock.newCondition();
        Exchanger<String> exchanger = new Exchanger<>();
        Phaser phaser = new Phaser(2);
        CountDownLatch latch = new CountDownLatch(1);
        Thread waiting = new Thread(() -> {
            lock.lock();
            try {
                latch.countDown();
                condition.await();
                exchanger.exchange("a");
                phaser.arriveAndAwaitAdvance();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                lock.unlock();
            }
        });
        waiting.start();
        latch.await();
        lock.lock(); // free only while the other waits
        try {
            condition.signalAll();
        } finally {
            lock.unlock();
        }
        exchanger.exchange("b");
        phaser.arriveAndAwaitAdvance();
        waiting.join();
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
