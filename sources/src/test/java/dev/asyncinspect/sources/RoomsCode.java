package dev.asyncinspect.sources;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Code that puts into queues and takes from them; read by the tests of full queues, never run. */
final class RoomsCode {

    static final String LOG = Log.class.getName();
    static final String PUMP = Pump.class.getName();
    static final String WORKER = Worker.class.getName();
    static final String OTHERS = Others.class.getName();
    static final String CLEANER = Cleaner.class.getName();
    static final String IDLER = Idler.class.getName();

    private RoomsCode() {}

    /** Somebody with a queue. */
    static final class Log {
        BlockingQueue<String> lines;
        BlockingQueue<String> others;

        void loop() throws InterruptedException {
            while (true) {
                append(lines.take());
            }
        }

        void append(String line) throws InterruptedException {
            lines.put(line);
        }

        void pass(Log next) throws InterruptedException {
            while (true) {
                next.lines.put(lines.take());
            }
        }

        void drain() {
            lines.poll();
        }
    }

    /** Somebody who takes for a log. */
    static final class Worker {
        Log log;

        void run() throws InterruptedException {
            while (true) {
                log.append(log.lines.take());
            }
        }
    }

    /** The same with a static field and with variables. */
    static final class Pump {
        static BlockingQueue<String> held;

        static void pump() throws InterruptedException {
            while (true) {
                held.put("a");
                held.take();
            }
        }

        static BlockingQueue<Integer> numbers;

        static void count() throws InterruptedException {
            while (true) {
                numbers.put(Integer.valueOf(held.size()));
                numbers.take();
            }
        }

        static void around(BlockingQueue<String> queue) throws InterruptedException {
            while (true) {
                queue.put(queue.take());
            }
        }

        static void on(BlockingQueue<String> in, BlockingQueue<String> out) throws InterruptedException {
            while (true) {
                String line = in.take();
                out.put(line);
            }
        }
    }

    /** Code of others. */
    static final class Others {
        static void sweeps() {
            while (true) {
                Thread.onSpinWait();
                Pump.held.poll();
            }
        }

        static void stopsSoon(Log log) throws InterruptedException {
            TimeUnit.HOURS.sleep(1);
            log.drain();
        }

        static void drains(BlockingQueue<String> queue) throws InterruptedException {
            TimeUnit.HOURS.sleep(1);
            queue.poll();
        }
    }

    /** Code that empties the queue of a log by other means. */
    static final class Cleaner {
        static void cleans(Log log) throws InterruptedException {
            TimeUnit.HOURS.sleep(1);
            log.lines.clear();
        }
    }

    /** Code that has nothing to do with queues. */
    static final class Idler {
        static void idles() throws InterruptedException {
            TimeUnit.HOURS.sleep(1);
        }
    }
}
