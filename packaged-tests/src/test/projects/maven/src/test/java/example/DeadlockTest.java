package example;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class DeadlockTest {

    private final ReentrantLock accounts = new ReentrantLock();
    private final ReentrantLock journal = new ReentrantLock();
    private final CyclicBarrier bothHoldOne = new CyclicBarrier(2);

    @Test
    void moves_money_while_the_journal_is_written() throws Exception {
        Thread writer = new Thread(() -> lockBoth(journal, accounts), "journal-writer");
        Thread mover = new Thread(() -> lockBoth(accounts, journal), "money-mover");
        writer.setDaemon(true);
        mover.setDaemon(true);
        writer.start();
        mover.start();
        mover.join();
    }

    private void lockBoth(ReentrantLock first, ReentrantLock second) {
        first.lock();
        try {
            bothHoldOne.await();
            second.lock();
            second.unlock();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            first.unlock();
        }
    }
}
