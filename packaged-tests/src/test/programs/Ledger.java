import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Moves money there and back; "sick" and "phased" take the two locks in the order of the move, "phased" one after the other for sure. */
public final class Ledger {

    private static final Lock BOOK = new ReentrantLock();
    private static final Lock VAULT = new ReentrantReadWriteLock().writeLock();
    private static final CountDownLatch MOVED_THERE = new CountDownLatch(1);
    private static final CountDownLatch MOVED_BACK = new CountDownLatch(1);

    private Ledger() {}

    public static void main(String[] args) throws Exception {
        boolean sick = !args[0].equals("healthy");
        if (args.length > 1) {
            fromBookToVault(); // before anybody looks
            System.out.println("open");
            while (System.in.read() != '\n') {
                // the whole line: the end of the program waits for the next
            }
        }
        Thread there = new Thread(Ledger::there, "there");
        Thread back = new Thread(() -> back(sick, args[0].equals("phased")), "back");
        there.start();
        back.start();
        there.join();
        back.join();
        System.out.println("moved");
        System.in.read();
    }

    private static void there() {
        fromBookToVault();
        MOVED_THERE.countDown();
        await(MOVED_BACK); // both live at the same time
    }

    private static void back(boolean sick, boolean phased) {
        awaitMovedThere(phased); // they do not meet, this time
        if (sick) {
            fromVaultToBook();
        } else {
            fromBookToVault();
        }
        MOVED_BACK.countDown();
    }

    private static void fromBookToVault() {
        BOOK.lock();
        try {
            VAULT.lock();
            VAULT.unlock();
        } finally {
            BOOK.unlock();
        }
    }

    private static void fromVaultToBook() {
        VAULT.lock();
        try {
            BOOK.lock();
            BOOK.unlock();
        } finally {
            VAULT.unlock();
        }
    }

    private static void awaitMovedThere(boolean phased) {
        if (phased) {
            await(MOVED_THERE);
        }
        while (MOVED_THERE.getCount() > 0) {
            Thread.onSpinWait(); // it happens so, for all that a recording tells
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
