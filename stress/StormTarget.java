import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bank whose money must stay the same: virtual threads move it about between accounts, half of them guarded by monitors and half
 * by locks, while others wait (on JDK 24 and later each in a monitor of its own): {@code StormTarget BUSY PARKED}. Says
 * {@code ready}, and once stdin has a line whether the sum is right.
 */
public final class StormTarget {

    private static final int ACCOUNTS = 64;
    private static final int EACH = 1_000;
    private static final int MONITORS_DO_NOT_PIN = 24;

    private static final class Account {
        final ReentrantLock lock = new ReentrantLock();
        long money = EACH;
    }

    private static volatile boolean stopped;

    public static void main(String[] args) throws Exception {
        int busy = Integer.parseInt(args[0]);
        int parked = Integer.parseInt(args[1]);
        Account[] accounts = new Account[ACCOUNTS];
        for (int i = 0; i < ACCOUNTS; i++) {
            accounts[i] = new Account();
        }
        CountDownLatch never = new CountDownLatch(1);
        BlockingQueue<Object> empty = new LinkedBlockingQueue<>();
        for (int i = 0; i < parked; i++) {
            int kind = i % 3;
            Thread.ofVirtual().name("parked-" + i).start(() -> await(kind, never, empty));
        }
        AtomicLong moves = new AtomicLong();
        CountDownLatch ended = new CountDownLatch(busy);
        for (int i = 0; i < busy; i++) {
            Thread.ofVirtual().name("busy-" + i).start(() -> {
                while (!stopped) {
                    ThreadLocalRandom random = ThreadLocalRandom.current();
                    int from = random.nextInt(ACCOUNTS);
                    int steps = 2 * random.nextInt(ACCOUNTS / 2); // to one of the same kind
                    move(accounts, from, (from + steps) % ACCOUNTS, random.nextInt(100));
                    moves.incrementAndGet();
                    if (random.nextInt(8) == 0) {
                        LockSupport.parkNanos(500_000);
                    } else {
                        Thread.yield();
                    }
                }
                ended.countDown();
            });
        }
        System.out.println("ready pid=" + ProcessHandle.current().pid());
        System.in.read();
        stopped = true;
        ended.await();
        long sum = 0;
        for (Account account : accounts) {
            sum += account.money;
        }
        System.out.println((sum == (long) ACCOUNTS * EACH ? "right" : "WRONG " + sum) + " after " + moves + " moves");
        System.exit(0);
    }

    /**
     * Two accounts are always taken in the order of their numbers; monitors guard the even ones. Both are of one kind: before
     * JDK 24 to wait for a lock inside a monitor keeps the carrier, and the program would hang by itself.
     */
    private static void move(Account[] accounts, int from, int to, long amount) {
        Account first = accounts[Math.min(from, to)];
        Account second = accounts[Math.max(from, to)];
        if (from != to) {
            guarded(first, Math.min(from, to), () -> guarded(second, Math.max(from, to), () -> {
                accounts[from].money -= amount;
                accounts[to].money += amount;
            }));
        }
    }

    private static void guarded(Account account, int number, Runnable work) {
        if (number % 2 == 0) {
            synchronized (account) {
                work.run();
            }
            return;
        }
        account.lock.lock();
        try {
            work.run();
        } finally {
            account.lock.unlock();
        }
    }

    private static void await(int kind, CountDownLatch never, BlockingQueue<Object> empty) {
        if (Runtime.version().feature() < MONITORS_DO_NOT_PIN) {
            wait(kind, never, empty);
            return;
        }
        synchronized (new Object()) {
            wait(kind, never, empty);
        }
    }

    private static void wait(int kind, CountDownLatch never, BlockingQueue<Object> empty) {
        ReentrantLock own = new ReentrantLock();
        own.lock();
        try {
            switch (kind) {
                case 0 -> never.await();
                case 1 -> empty.take();
                default -> LockSupport.park(own);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            own.unlock();
        }
    }
}
