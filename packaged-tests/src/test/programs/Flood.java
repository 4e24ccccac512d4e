import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Four hundred small tasks on four workers, at most two of them at the till. With an argument it begins, and ends, when it is told a line. */
public final class Flood {

    private static final int TASKS = 400;

    private Flood() {}

    public static void main(String[] args) throws Exception {
        System.out.println("ready");
        if (args.length > 0) {
            readLine();
        }
        Semaphore till = new Semaphore(2);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            all.add(pool.submit(() -> {
                till.acquire();
                till.release();
                return null;
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        pool.shutdown();
        System.out.println("done");
        if (args.length > 0) {
            readLine();
        }
    }

    private static void readLine() throws Exception {
        int octet;
        do {
            octet = System.in.read();
        } while (octet >= 0 && octet != '\n');
    }
}
