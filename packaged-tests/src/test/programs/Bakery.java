import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.Semaphore;

/** Bakes by stages and forks; two bakers hold a permit each and want the other's for ever, unless told not to. */
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
        System.out.println("baked");
        System.in.read();
        System.exit(0);
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
