import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Two orders on a pool of two, each of which wants what the other has; a third one ends before them. */
public final class Quarrel {

    private static final Lock KNIFE = new ReentrantLock();
    private static final Lock BOARD = new ReentrantLock();

    public static void main(String[] args) throws Exception {
        ExecutorService cooks = Executors.newFixedThreadPool(2);
        cooks.submit(() -> System.out.println("cooking")).get();
        CountDownLatch both = new CountDownLatch(2);
        cooks.submit(() -> order(KNIFE, BOARD, both));
        cooks.submit(() -> order(BOARD, KNIFE, both));
        both.await();
        System.out.println("stuck");
    }

    private static void order(Lock first, Lock second, CountDownLatch both) {
        first.lock();
        both.countDown();
        try {
            both.await();
        } catch (InterruptedException e) {
            return;
        }
        second.lock();
    }
}
