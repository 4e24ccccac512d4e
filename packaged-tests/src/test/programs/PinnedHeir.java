import java.util.concurrent.locks.ReentrantLock;

/** JDK 21: the heir of a lock is runnable, and every carrier is kept by a thread that waits behind it inside synchronized. */
public class PinnedHeir {

    static void awaitQueued(ReentrantLock lock, int count) {
        while (lock.getQueueLength() < count) {
            Thread.onSpinWait();
        }
    }

    public static void main(String[] args) throws Exception {
        ReentrantLock lock = new ReentrantLock(true);
        lock.lock();
        Thread.ofVirtual().name("heir").start(() -> {
            lock.lock();
            lock.unlock();
        });
        awaitQueued(lock, 1);
        for (int i = 1; i <= 2; i++) {
            Object own = new Object();
            Thread.ofVirtual().name("pinned-" + i).start(() -> {
                synchronized (own) {
                    lock.lock();
                    lock.unlock();
                }
            });
        }
        awaitQueued(lock, 3);
        Thread.getAllStackTraces(); // a safepoint: all have parked
        lock.unlock();
        System.out.println("ready");
        System.in.read();
    }
}
