import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bakes by stages and forks; two bakers hold a permit each and want the other's for ever, one of three tasters goes without a word, and
 * an apprentice takes the only key home, unless told not to.
 */
public class Bakery {

    private static final Semaphore OVEN = new Semaphore(1);
    private static final Semaphore MIXER = new Semaphore(2);
    private static final CountDownLatch BOTH = new CountDownLatch(2);

    public static void main(String[] arguments) throws Exception {
        boolean healthy = arguments.length > 0 && arguments[0].equals("healthy");
        ForkJoinPool pool = new ForkJoinPool(2);
        CompletableFuture<Integer> loaves = new CompletableFuture<>();
        CompletableFuture<Integer> priced = loaves.thenApplyAsync(Bakery::price, pool);
        CompletableFuture<Integer> sold = priced.thenCompose(price -> CompletableFuture.supplyAsync(() -> price + 1));
        loaves.complete(pool.invoke(new Dough(8)));
        System.out.println("sold " + sold.join());

        baker("first", OVEN, 1, healthy ? OVEN : MIXER, 2);
        baker("second", MIXER, 2, healthy ? MIXER : OVEN, 1);
        BOTH.await();
        daemon("head taster", () -> taste(healthy));
        lend(healthy);
        TimeUnit.MILLISECONDS.sleep(1500); // nothing is said of waits that have only begun
        System.out.println("baked");
        System.in.read();
        System.exit(0);
    }

    private static void taste(boolean healthy) {
        CountDownLatch tasted = new CountDownLatch(3);
        for (int i = 1; i <= 3; i++) {
            boolean likesIt = healthy || i < 3;
            daemon("taster " + i, () -> {
                if (likesIt) {
                    tasted.countDown();
                }
            });
        }
        try {
            tasted.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void lend(boolean healthy) throws InterruptedException {
        Semaphore key = new Semaphore(1);
        key.acquire();
        key.release();
        Thread apprentice = daemon("apprentice", () -> {
            key.acquireUninterruptibly();
            if (healthy) {
                key.release();
            }
        });
        apprentice.join();
        daemon("cleaner", key::acquireUninterruptibly);
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static int price(int loaves) {
        return loaves * 2;
    }

    private static void baker(String name, Semaphore mine, int permits, Semaphore other, int others) {
        Thread thread = new Thread(() -> {
            Thread.currentThread().setName("baker " + name);
            if (!mine.tryAcquire(permits)) {
                throw new IllegalStateException("taken");
            }
            BOTH.countDown();
            try {
                BOTH.await();
            } catch (InterruptedException e) {
                return;
            }
            if (mine == other) {
                mine.release(permits);
            } else {
                other.acquireUninterruptibly(others);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static final class Dough extends RecursiveTask<Integer> {
        private final int loaves;

        Dough(int loaves) {
            this.loaves = loaves;
        }

        @Override
        protected Integer compute() {
            if (loaves == 1) {
                return 1;
            }
            Dough half = new Dough(loaves / 2);
            half.fork();
            return new Dough(loaves - loaves / 2).compute() + half.join();
        }
    }
}
