import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** Whoever could complete a future waits for the monitor of the one who waits for it; and two more wait for each other's monitor. */
public class MonitorAndFuture {

    interface Work {
        void run() throws Exception;
    }

    static Thread start(String name, Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    static void await(Thread thread, Thread.State state) {
        while (thread.getState() != state) {
            Thread.onSpinWait();
        }
    }

    static void monitorAndFuture() {
        Object account = new Object();
        CompletableFuture<String> receipt = new CompletableFuture<>();
        await(start("holder", () -> {
            synchronized (account) {
                receipt.join();
            }
        }), Thread.State.WAITING);
        await(start("completer", () -> {
            synchronized (account) {
                receipt.complete("paid");
            }
        }), Thread.State.BLOCKED);
        await(start("victim", () -> {
            synchronized (account) {
                Thread.onSpinWait();
            }
        }), Thread.State.BLOCKED);
    }

    static void monitors() {
        Object one = new Object();
        Object other = new Object();
        CountDownLatch both = new CountDownLatch(2);
        Thread left = start("left", () -> nested(one, other, both));
        Thread right = start("right", () -> nested(other, one, both));
        await(left, Thread.State.BLOCKED);
        await(right, Thread.State.BLOCKED);
    }

    static void nested(Object first, Object second, CountDownLatch both) throws InterruptedException {
        synchronized (first) {
            both.countDown();
            both.await();
            synchronized (second) {
                Thread.onSpinWait();
            }
        }
    }

    public static void main(String[] args) throws Exception {
        monitorAndFuture();
        monitors();
        System.out.println("ready");
        System.in.read();
    }
}
