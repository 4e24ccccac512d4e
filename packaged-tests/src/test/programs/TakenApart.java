import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** A thread that could complete a future, but knows it only by an object that the compiler has taken apart. */
public class TakenApart {

    static final AtomicReference<CompletableFuture<String>> handedOver = new AtomicReference<>();
    static volatile boolean rests;
    static volatile int sum;

    record Box(CompletableFuture<String> future, int[] count) {}

    static int work(CompletableFuture<String> future) {
        Box box = new Box(future, new int[1]);
        int total = 0;
        for (int i = 0; i < 200; i++) {
            total += i ^ sum;
        }
        rest();
        box.future().complete("done");
        return total;
    }

    static void rest() {
        while (rests) {
            try {
                Thread.sleep(1_000);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    static void start() {
        CompletableFuture<String> future = new CompletableFuture<>();
        handedOver.set(future);
        new Thread(future::join, "waiter").start();
        new Thread(() -> work(handedOver.getAndSet(null)), "completer").start();
    }

    public static void main(String[] args) throws Exception {
        Thread ender = new Thread(() -> {
            try {
                System.in.read();
            } catch (java.io.IOException e) {
                // the end of the test as well
            }
            System.exit(0);
        });
        ender.setDaemon(true);
        ender.start();
        for (int i = 0; i < 100_000; i++) {
            sum = work(new CompletableFuture<>());
        }
        rests = true;
        start();
        for (Thread.State state = null; state != Thread.State.TIMED_WAITING; ) {
            state = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("completer"))
                    .map(Thread::getState)
                    .findFirst()
                    .orElse(null);
        }
        System.out.println("ready");
    }
}
