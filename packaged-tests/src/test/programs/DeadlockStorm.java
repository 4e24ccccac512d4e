import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;

/** Twenty-five deadlocks at once, each at places of its own. */
public class DeadlockStorm {

    interface Locking {

        void both(Object first, Object second, Runnable met);
    }

    public static void main(String[] args) throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (Locking locking : LOCKINGS) {
            Object first = new Object();
            Object second = new Object();
            CyclicBarrier barrier = new CyclicBarrier(2);
            Runnable met = () -> {
                try {
                    barrier.await();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            };
            threads.add(new Thread(() -> locking.both(first, second, met)));
            threads.add(new Thread(() -> locking.both(second, first, met)));
        }
        threads.forEach(Thread::start);
        while (!threads.stream().allMatch(thread -> thread.getState() == Thread.State.BLOCKED)) {
            Thread.onSpinWait();
        }
        System.out.println("ready");
    }

    // @formatter:off
    static final List<Locking> LOCKINGS = List.of(
        (a, b, met) -> { synchronized (a) { met.run(); synchronized (b) { met.run(); } } },
        (a, b, met) -> { synchronized (a) { met.run(); synchronized (b) { met.run(); } } },
        (a, b, met) -> { synchronized (a) { met.run(); synchronized (b) { met.run(); } } },
        (a, b, met) -> { synchronized (a) { met.run(); synchronized (b) { met.run(); } } },
        (a, b, met) -> { synchronized (a) { met.run(); synchronized (b) { met.run(); } } },
        (a, b, met) -> { synchronized (a) { met.run(); synchronized (b) { met.run(); } } },
        (a, b, met) -> { synchronized (a) { met.run(); synchronized (b) { met.run(); } } },
        (a, b, met) -> { synchronized (a) { met.run(); synchronized (b) { met.run(); } } },
        (a, b, met) -> { synchronized (a) { met.run(); synchronized (b) { met.run(); } } },
        (a, b, met) -> { synchronized (a) { met.run(); synchronized (b) { met.run(); } } },
        (a, b, met) -> { synchronized (a) { met.run(); synchronized (b) { met.run(); } } },
        (a, b, met) -> { synchronized (a) { met.run(); synchronized (b) { met.run(); } } },
        (a, b, met) -> { synchronized (a) { met.run(); synchronized (b) { met.run(); } } },
        (a, b, met) -> { synchronized (a) { met.run(); synchronized (b) { met.run(); } } },
        (a, b, met) -> { synchronized (a) { met.run(); synchronized (b) { met.run(); } } },
        (a, b, met) -> { synchronized (a) { met.run(); synchronized (b) { met.run(); } } },
        (a, b, met) -> { synchronized (a) { met.run(); synchronized (b) { met.run(); } } },
        (a, b, met) -> { synchronized (a) { met.run(); synchronized (b) { met.run(); } } },
        (a, b, met) -> { synchronized (a) { met.run(); synchronized (b) { met.run(); } } },
        (a, b, met) -> { synchronized (a) { met.run(); synchronized (b) { met.run(); } } },
        (a, b, met) -> { synchronized (a) { met.run(); synchronized (b) { met.run(); } } },
        (a, b, met) -> { synchronized (a) { met.run(); synchronized (b) { met.run(); } } },
        (a, b, met) -> { synchronized (a) { met.run(); synchronized (b) { met.run(); } } },
        (a, b, met) -> { synchronized (a) { met.run(); synchronized (b) { met.run(); } } },
        (a, b, met) -> { synchronized (a) { met.run(); synchronized (b) { met.run(); } } });
}
