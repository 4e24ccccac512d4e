import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Executors with queues of their own that run from a bigger pool, and tasks that wait for what lies in such a queue. */
public final class Limited {

    /** At most so many of its tasks run at once. */
    static final class LimitedExecutor implements Executor {
        private final Queue<Runnable> queue = new ArrayDeque<>();
        private final Executor pool;
        private int mayStart;

        LimitedExecutor(Executor pool, int limit) {
            this.pool = pool;
            mayStart = limit;
        }

        @Override
        public void execute(Runnable work) {
            synchronized (queue) {
                queue.add(work);
                if (mayStart-- <= 0) {
                    return;
                }
            }
            pool.execute(this::runAll);
        }

        private void runAll() {
            for (Runnable work = next(); work != null; work = next()) {
                work.run();
            }
        }

        private Runnable next() {
            synchronized (queue) {
                return queue.poll();
            }
        }
    }

    /** One after the other; the runner is an object of its own. */
    static final class SequentialExecutor implements Executor {
        private final Queue<Runnable> queue = new ArrayDeque<>();
        private final Executor pool;
        private final Worker worker = new Worker();
        private boolean scheduled;

        SequentialExecutor(Executor pool) {
            this.pool = pool;
        }

        @Override
        public synchronized void execute(Runnable work) {
            queue.add(work);
            if (!scheduled) {
                scheduled = true;
                pool.execute(worker);
            }
        }

        private synchronized Runnable next() {
            Runnable next = queue.poll();
            scheduled = next != null;
            return next;
        }

        private final class Worker implements Runnable {
            @Override
            public void run() {
                for (Runnable work = next(); work != null; work = next()) {
                    work.run();
                }
            }
        }
    }

    /** Work is handed in here; a clerk who has the desk in a drawer is still at something else. */
    static final class Desk implements Executor {
        private final Queue<Runnable> queue = new LinkedBlockingQueue<>();

        Desk() {
            Object[] drawer = {this};
            Thread clerk = new Thread(() -> {
                Limited.sleep();
                ((Desk) drawer[0]).queue.poll().run();
            });
            clerk.start();
        }

        @Override
        public void execute(Runnable work) {
            queue.add(work);
            get((FutureTask<?>) work);
        }
    }

    private static final List<Thread> WAITERS = new CopyOnWriteArrayList<>();
    private static final CountDownLatch BUSY = new CountDownLatch(1);
    private static Executor outer;
    private static Executor inner;

    private Limited() {}

    public static void main(String[] args) throws Exception {
        ThreadPoolExecutor pool = (ThreadPoolExecutor) Executors.newFixedThreadPool(4);
        pool.prestartAllCoreThreads();
        int tasks = 1;
        switch (args[0]) {
            case "limited" -> {
                outer = inner = new LimitedExecutor(pool, 2);
                tasks = 2;
            }
            case "sequential" -> outer = inner = new SequentialExecutor(pool);
            case "busy" -> { // its other runner is at work, and will come to it
                outer = inner = new LimitedExecutor(pool, 2);
                outer.execute(Limited::sleep);
                BUSY.await();
            }
            case "elsewhere" -> { // it lies behind somebody who is at work
                outer = new SequentialExecutor(pool);
                inner = new SequentialExecutor(pool);
                inner.execute(Limited::sleep);
                BUSY.await();
            }
            default -> {
                outer = new SequentialExecutor(pool);
                inner = new Desk();
                BUSY.await();
            }
        }
        CountDownLatch begun = new CountDownLatch(tasks);
        for (int i = 0; i < tasks; i++) {
            outer.execute(() -> cook(begun));
        }
        begun.await();
        for (Thread waiter : WAITERS) {
            while (waiter.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        System.out.println("ready");
        System.in.read();
        Runtime.getRuntime().halt(0);
    }

    private static void cook(CountDownLatch begun) {
        WAITERS.add(Thread.currentThread());
        FutureTask<String> side = new FutureTask<>(() -> "beans");
        begun.countDown();
        await(begun);
        inner.execute(side);
        get(side);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void get(FutureTask<?> work) {
        try {
            work.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sleep() {
        BUSY.countDown();
        try {
            TimeUnit.HOURS.sleep(1);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
