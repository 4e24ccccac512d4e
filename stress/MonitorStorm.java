import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads the monitors of virtual threads in its own JVM, in the way of the agent's MonitorReader but harder: also of threads that
 * have only just come to rest and are woken at any moment. For JDK 25:
 *
 * <pre>
 *   java --add-opens java.base/java.lang=ALL-UNNAMED --add-opens java.base/jdk.internal.vm=ALL-UNNAMED -Xmx1g \
 *       stress/MonitorStorm.java 2000000      says how many were read, whether all threads ended and the sum is right
 * </pre>
 */
public final class MonitorStorm {

    private static final int BUSY = 2_000;
    private static final int PARKED = 10_000;
    private static final int ACCOUNTS = 64;
    private static final int EACH = 1_000;

    private static final class Account {
        final ReentrantLock lock = new ReentrantLock();
        long money = EACH;
    }

    private static volatile boolean stopped;

    public static void main(String[] args) throws Throwable {
        long wanted = Long.parseLong(args[0]);
        Reader reader = new Reader();
        Account[] accounts = new Account[ACCOUNTS];
        for (int i = 0; i < ACCOUNTS; i++) {
            accounts[i] = new Account();
        }
        List<Thread> threads = new ArrayList<>();
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < PARKED; i++) {
            int kind = i % 3;
            threads.add(Thread.ofVirtual().start(() -> rest(kind, never)));
        }
        AtomicLong moves = new AtomicLong();
        CountDownLatch ended = new CountDownLatch(BUSY);
        for (int i = 0; i < BUSY; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                move(accounts, moves);
                ended.countDown();
            }));
        }
        while (reader.reads < wanted) {
            for (Thread thread : threads) {
                reader.read(thread);
            }
        }
        stopped = true;
        boolean all = ended.await(5, TimeUnit.MINUTES);
        long sum = 0;
        for (Account account : accounts) {
            sum += account.money;
        }
        System.out.printf(
                "%d threads read, %d of them in monitors, %d on the move; %d moves; all ended: %b; sum: %s%n",
                reader.reads,
                reader.inMonitors,
                reader.onTheMove,
                moves.get(),
                all,
                sum == (long) ACCOUNTS * EACH ? "right" : "WRONG " + sum);
        System.exit(0);
    }

    private static void rest(int kind, CountDownLatch never) {
        Object own = new Object();
        synchronized (own) {
            try {
                switch (kind) {
                    case 0 -> never.await();
                    case 1 -> own.wait();
                    default -> LockSupport.park(own);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Two accounts are always taken in the order of their numbers; monitors guard the even ones, locks the others. */
    private static void move(Account[] accounts, AtomicLong moves) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        while (!stopped) {
            int from = random.nextInt(ACCOUNTS);
            int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
            guarded(accounts, Math.min(from, to), () -> guarded(accounts, Math.max(from, to), () -> {
                int amount = random.nextInt(100);
                accounts[from].money -= amount;
                accounts[to].money += amount;
            }));
            moves.incrementAndGet();
            if (random.nextInt(8) == 0) {
                LockSupport.parkNanos(500_000);
            } else {
                Thread.yield();
            }
        }
    }

    private static void guarded(Account[] accounts, int number, Runnable work) {
        Account account = accounts[number];
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

    /** Keeps a thread that is at rest from being mounted, takes the JDK's snapshot of it, and lets it go again. */
    private static final class Reader {

        private final MethodHandles.Lookup inside;
        private final MethodHandle state;
        private final MethodHandle change;
        private final MethodHandle set;
        private final MethodHandle submit;
        private final MethodHandle snapshot;
        private final MethodHandle ownsMonitors;
        private final VarHandle parkPermit;
        private final VarHandle blockPermit;
        private final VarHandle notified;
        private final VarHandle interrupted;
        private final int parked;
        private final int blocked;
        private final int waiting;
        private final int unparked;
        private final int unblocked;
        private final int suspended;
        private long reads;
        private long inMonitors;
        private long onTheMove;

        Reader() throws ReflectiveOperationException {
            Class<?> thread = Class.forName("java.lang.VirtualThread");
            Class<?> shot = Class.forName("jdk.internal.vm.ThreadSnapshot");
            inside = MethodHandles.privateLookupIn(thread, MethodHandles.lookup());
            MethodHandles.Lookup shots = MethodHandles.privateLookupIn(shot, MethodHandles.lookup());
            state = inside.findVirtual(thread, "state", MethodType.methodType(int.class));
            change = inside.findVirtual(
                    thread, "compareAndSetState", MethodType.methodType(boolean.class, int.class, int.class));
            set = inside.findVirtual(thread, "setState", MethodType.methodType(void.class, int.class));
            submit = inside.findVirtual(thread, "submitRunContinuation", MethodType.methodType(void.class));
            snapshot = shots.findStatic(shot, "of", MethodType.methodType(shot, Thread.class));
            ownsMonitors = shots.findVirtual(shot, "ownsMonitors", MethodType.methodType(boolean.class));
            parkPermit = inside.findVarHandle(thread, "parkPermit", boolean.class);
            blockPermit = inside.findVarHandle(thread, "blockPermit", boolean.class);
            notified = inside.findVarHandle(thread, "notified", boolean.class);
            interrupted = inside.findVarHandle(Thread.class, "interrupted", boolean.class);
            parked = constant(thread, "PARKED");
            blocked = constant(thread, "BLOCKED");
            waiting = constant(thread, "WAIT");
            unparked = constant(thread, "UNPARKED");
            unblocked = constant(thread, "UNBLOCKED");
            suspended = constant(thread, "SUSPENDED");
        }

        private int constant(Class<?> thread, String name) throws ReflectiveOperationException {
            return (int) inside.findStaticVarHandle(thread, name, int.class).get();
        }

        void read(Thread thread) throws Throwable {
            int is = (int) state.invoke(thread);
            boolean atRest = is == parked || is == blocked || is == waiting;
            if (!atRest || !(boolean) change.invoke(thread, is, is | suspended)) {
                onTheMove++;
                return;
            }
            Object seen;
            try {
                seen = snapshot.invoke(thread);
            } finally {
                set.invoke(thread, is);
            }
            boolean woken = is == parked
                    ? (boolean) parkPermit.getVolatile(thread)
                    : is == blocked
                            ? (boolean) blockPermit.getVolatile(thread)
                            : (boolean) notified.getVolatile(thread) || (boolean) interrupted.getVolatile(thread);
            if (woken && (boolean) change.invoke(thread, is, is == parked ? unparked : unblocked)) {
                submit.invoke(thread);
            }
            reads++;
            if (seen != null && (boolean) ownsMonitors.invoke(seen)) {
                inMonitors++;
            }
        }
    }
}
