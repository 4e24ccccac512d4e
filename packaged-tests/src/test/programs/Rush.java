import java.lang.reflect.Method;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Small tasks, some at a time, until it is told a line, and two thousand more: on two workers ({@code pool}), or each on a virtual thread
 * ({@code virtual}). Then it says how many there were, and ends at the next line.
 */
public final class Rush {

    /** So few, and so long between them, that a busy machine drops no events: then everything can be counted. */
    private static final int AT_A_TIME = 20;

    private static final int PAUSE_MILLIS = 5;
    private static final int LAST = 2_000;
    private static final AtomicInteger RUN = new AtomicInteger();

    private static volatile boolean told;

    private Rush() {}

    private interface Way {
        void hand(Runnable task) throws Exception;
    }

    public static void main(String[] args) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        Way way = args[0].equals("pool") ? pool::submit : virtual();
        Thread listener = new Thread(Rush::listen, "listener");
        listener.start();
        System.out.println("ready");
        int tasks = 0;
        while (!told) {
            tasks = rush(way, tasks);
        }
        for (int i = 0; i < LAST; i += AT_A_TIME) {
            tasks = rush(way, tasks);
        }
        System.out.println("tasks " + tasks);
        listener.join();
        pool.shutdown();
    }

    private static int rush(Way way, int before) throws Exception {
        for (int i = 0; i < AT_A_TIME; i++) {
            way.hand(RUN::incrementAndGet);
        }
        do {
            Thread.sleep(PAUSE_MILLIS);
        } while (RUN.get() < before + AT_A_TIME);
        return before + AT_A_TIME;
    }

    private static Way virtual() throws Exception {
        Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
        return task -> start.invoke(null, task);
    }

    private static void listen() {
        readLine();
        told = true;
        readLine();
    }

    private static void readLine() {
        try {
            int octet;
            do {
                octet = System.in.read();
            } while (octet >= 0 && octet != '\n');
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
