import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Work that nobody begins: in a pool that everybody reaches, past whose front door it was queued, or of a thread not yet started. */
public final class Unbegun {

    private static final ThreadPoolExecutor POOL =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    private static Thread late;

    private Unbegun() {}

    public static void main(String[] args) throws Exception {
        FutureTask<String> work = new FutureTask<>(() -> "done");
        switch (args[0]) {
            case "pool" -> POOL.getQueue().add(work);
            case "thread" -> late = new Thread(work, "late");
            default -> { // a pool with a worker that is busy
                POOL.execute(() -> sleep());
                POOL.execute(work);
            }
        }
        Thread asker = new Thread(() -> get(work), "asker");
        asker.setDaemon(true);
        asker.start();
        while (asker.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        System.out.println("ready");
        System.in.read();
        System.out.println(late);
        Runtime.getRuntime().halt(0);
    }

    private static void get(FutureTask<String> work) {
        try {
            work.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sleep() {
        try {
            TimeUnit.HOURS.sleep(1);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
