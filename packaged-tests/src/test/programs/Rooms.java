import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Full queues whose consumers wait to put something into them; and some whose consumers will come back. */
public final class Rooms {

    private static final BlockingQueue<Integer> SHARED = new LinkedBlockingQueue<>(2);
    private static final BlockingQueue<Integer> OFFERED = new LinkedBlockingQueue<>(2);
    private static final BlockingQueue<Integer> DRAINED = new LinkedBlockingQueue<>(2);

    /** Appends what it is given, and logs while it does, as appenders do. */
    static final class Log {
        private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(4);
        private final Worker worker = new Worker();
        private final ReentrantLock lock = new ReentrantLock();
        private final boolean echoes;

        Log(boolean echoes) {
            this.echoes = echoes;
        }

        void write(String line) {
            try {
                lines.put(line);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** A writer that keeps the lock which the worker wants. */
        void writeLocked(String line) {
            lock.lock();
            try {
                write(line);
            } finally {
                lock.unlock();
            }
        }

        final class Worker extends Thread {
            @Override
            public void run() {
                for (String line = next(); line != null; line = next()) {
                    new Appender().append(line);
                }
            }

            private String next() {
                try {
                    return lines.take();
                } catch (InterruptedException e) {
                    return null;
                }
            }
        }

        final class Appender {
            void append(String line) {
                if (echoes) {
                    write("echo of " + line);
                    write("and again");
                } else {
                    lock.lock();
                    lock.unlock();
                }
            }
        }
    }

    /** A stage that takes from one queue and puts into the next. */
    static final class Stage extends Thread {
        private final BlockingQueue<Integer> in;
        private final BlockingQueue<Integer> out;
        private final boolean forever;

        Stage(String name, BlockingQueue<Integer> in, BlockingQueue<Integer> out, boolean forever) {
            super(name);
            this.in = in;
            this.out = out;
            this.forever = forever;
        }

        @Override
        public void run() {
            try {
                while (true) {
                    int item = in.take();
                    if (!forever) {
                        TimeUnit.HOURS.sleep(1);
                    }
                    out.put(item);
                    out.put(item);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Rooms() {}

    public static void main(String[] args) throws Exception {
        for (String kind : args) {
            start(kind);
        }
        System.out.println("ready");
        System.in.read();
        Runtime.getRuntime().halt(0);
    }

    private static void start(String kind) throws Exception {
        switch (kind) {
            case "worker" -> {
                Log log = new Log(true);
                Thread writer = new Thread(() -> writeForEver(log), "writer");
                log.worker.setName("log");
                log.worker.start();
                writer.start();
                untilPutting(log.worker, writer);
            }
            case "lock" -> {
                Log log = new Log(false);
                Thread writer = new Thread(() -> writeForEver(log), "locking writer");
                writer.start();
                untilPutting(writer);
                log.worker.setName("locked log");
                log.worker.start();
                untilWaiting(log.worker);
            }
            case "shared" -> {
                Thread pump = new Thread(Rooms::pump, "pump");
                pump.start();
                untilPutting(pump);
            }
            case "circle" -> {
                BlockingQueue<Integer> there = new LinkedBlockingDeque<>(2);
                BlockingQueue<Integer> back = new ArrayBlockingQueue<>(2);
                there.put(1);
                Stage first = new Stage("first stage", there, back, true);
                Stage second = new Stage("second stage", back, there, true);
                keep(first, second);
                first.start();
                second.start();
                while (there.remainingCapacity() + back.remainingCapacity() > 0) {
                    Thread.onSpinWait();
                }
                untilPutting(first, second);
            }
            case "pool" -> pool(2, 2);
            case "growing" -> pool(2, 3);
            case "computing" -> { // the next stage is slow, and will come back
                BlockingQueue<Integer> start = new ArrayBlockingQueue<>(4);
                BlockingQueue<Integer> middle = new ArrayBlockingQueue<>(1);
                Stage first = new Stage("first stage", start, middle, true);
                Stage second = new Stage("second stage", middle, start, false);
                start.put(1);
                start.put(1);
                keep(first, second);
                first.start();
                second.start();
                untilPutting(first);
            }
            case "pipe" -> both("pipe", true);
            case "unread" -> both("unread", false);
            case "slow" -> { // whoever reads is at something else, and will come back
                PipedOutputStream out = new PipedOutputStream();
                BufferedReader in = new BufferedReader(new InputStreamReader(new PipedInputStream(out, 16)));
                Thread reader = new Thread(() -> readSlowly(in), "reader");
                Thread writer = new Thread(() -> fill(out), "pipe writer");
                reader.start();
                writer.start();
                untilWriting(writer);
            }
            case "two" -> { // somebody else takes from it as well, now and then
                Thread sweeper = new Thread(Rooms::sweep, "sweeper");
                Thread pump = new Thread(Rooms::pumpDrained, "pump");
                sweeper.start();
                pump.start();
                untilPutting(pump);
            }
            default -> { // it offers, for a time
                Thread pump = new Thread(
                        () -> {
                            try {
                                while (true) {
                                    OFFERED.offer(1, 1, TimeUnit.HOURS);
                                    OFFERED.offer(2, 1, TimeUnit.HOURS);
                                    OFFERED.offer(3, 1, TimeUnit.HOURS);
                                    OFFERED.take();
                                }
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        "pump");
                pump.start();
                while (pump.getState() != Thread.State.TIMED_WAITING) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    /** What the program can still get at, whatever its threads do. */
    private static final List<Object> KEPT = new CopyOnWriteArrayList<>();

    private static void keep(Object... things) {
        KEPT.addAll(List.of(things));
    }

    private static void writeForEver(Log log) {
        keep(log);
        while (true) {
            log.writeLocked("line");
        }
    }

    /** One thread writes into a pipe and would read from it, and may have done so before. */
    private static void both(String name, boolean hasRead) throws IOException {
        PipedOutputStream out = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(out, 16);
        if (hasRead) {
            keep(in);
        }
        Thread both = new Thread(
                () -> {
                    try {
                        if (hasRead) {
                            out.write(1);
                            in.read();
                        }
                        fill(out);
                        in.read();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                name);
        both.start();
        untilWriting(both);
    }

    private static void fill(PipedOutputStream out) {
        try {
            out.write(new byte[100]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void readSlowly(BufferedReader in) {
        try {
            TimeUnit.HOURS.sleep(1);
            in.read();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void untilWriting(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING
                || !List.of(thread.getStackTrace()).toString().contains("awaitSpace")) {
            Thread.onSpinWait();
        }
    }

    private static void pump() {
        try {
            while (true) {
                SHARED.put(1);
                SHARED.put(2);
                SHARED.put(3);
                SHARED.take();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pumpDrained() {
        try {
            while (true) {
                DRAINED.put(1);
                DRAINED.put(2);
                DRAINED.put(3);
                DRAINED.take();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sweep() {
        try {
            TimeUnit.HOURS.sleep(1);
            while (DRAINED.poll() != null) {
                TimeUnit.HOURS.sleep(1);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A pool that may have so many workers, two of which come back to its queue with more. */
    private static void pool(int core, int most) throws Exception {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(core, most, 1, TimeUnit.HOURS, new ArrayBlockingQueue<>(2), Rooms::named);
        keep(pool);
        CountDownLatch begun = new CountDownLatch(2);
        Thread[] workers = new Thread[2];
        for (int i = 0; i < 2; i++) {
            int number = i;
            pool.execute(() -> {
                workers[number] = Thread.currentThread();
                begun.countDown();
                try {
                    begun.await();
                    for (int more = 0; more < 3; more++) {
                        pool.getQueue().put(() -> {});
                    }
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
        begun.await();
        untilPutting(workers);
    }

    private static Thread named(Runnable work) {
        return new Thread(work, "cook");
    }

    private static void untilPutting(Thread... threads) {
        for (Thread thread : threads) {
            while (thread.getState() != Thread.State.WAITING || !isPutting(thread)) {
                Thread.onSpinWait();
            }
        }
    }

    private static boolean isPutting(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getMethodName().startsWith("put") && frame.getClassName().startsWith("java.util.concurrent.")) {
                return true;
            }
        }
        return false;
    }

    private static void untilWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }
}
