import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** As many tasks that wait as it is told: {@code threads 1000000} virtual ones, {@code futures 1000000} with a stage behind each. */
public final class Waiters {

    private static final CountDownLatch GATE = new CountDownLatch(1);
    private static final AtomicLong WAITING = new AtomicLong();
    private static final List<Object> ALIVE = new ArrayList<>();

    private Waiters() {}

    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[1]);
        if (args[0].equals("threads")) {
            for (int i = 0; i < count; i++) {
                ALIVE.add(Thread.startVirtualThread(Waiters::waitForTheGate));
            }
            for (Object thread : ALIVE) {
                while (((Thread) thread).getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
            }
        } else {
            for (int i = 0; i < count; i++) {
                CompletableFuture<Integer> source = new CompletableFuture<>();
                ALIVE.add(source);
                ALIVE.add(source.thenApply(Waiters::next));
            }
        }
        System.gc();
        Runtime heap = Runtime.getRuntime();
        System.out.println("wait " + count + " " + (heap.totalMemory() - heap.freeMemory()));
        new Scanner(System.in).nextLine();
        GATE.countDown();
        for (Object thread : ALIVE) {
            if (thread instanceof Thread) {
                ((Thread) thread).join();
            }
        }
        System.out.println("went " + WAITING.get());
    }

    private static Integer next(Integer before) {
        return before + 1;
    }

    private static void waitForTheGate() {
        try {
            GATE.await();
            WAITING.incrementAndGet();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
