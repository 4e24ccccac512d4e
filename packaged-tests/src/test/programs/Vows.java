import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Two work on a stage each, and each waits for the stage of the other; a third, alone in its pool, waits for a stage that is in its queue, and a
 * fourth, in another, for one that is derived from such a one. With "healthy" all of them wait for something else, and somebody completes that.
 */
class Vows {

    private static final CompletableFuture<String> yours = new CompletableFuture<>();
    private static CompletableFuture<String> his;
    private static CompletableFuture<String> hers;

    public static void main(String[] args) throws Exception {
        boolean healthy = args[0].equals("healthy");
        ExecutorService couple = Executors.newFixedThreadPool(2);
        ExecutorService registrar = Executors.newFixedThreadPool(1);
        CountDownLatch both = new CountDownLatch(1);
        his = CompletableFuture.supplyAsync(() -> vow(both, () -> healthy ? yours : hers), couple);
        hers = CompletableFuture.supplyAsync(() -> vow(both, () -> healthy ? yours : his), couple);
        CompletableFuture<String> wedding = CompletableFuture.supplyAsync(() -> wed(healthy ? null : registrar), registrar);
        ExecutorService notary = Executors.newFixedThreadPool(1);
        Future<String> deed = notary.submit(() -> witness(healthy ? null : notary));
        both.countDown();
        System.out.println("invited");
        if (healthy) {
            yours.complete("I do");
            System.out.println(his.join() + hers.join() + wedding.join() + deed.get());
        }
        System.in.read();
        System.exit(0);
    }

    private static String vow(CountDownLatch both, Supplier<CompletableFuture<String>> other) {
        try {
            both.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return other.get().join();
    }

    private static String wed(ExecutorService registrar) {
        return registrar == null ? yours.join() : CompletableFuture.supplyAsync(Vows::sign, registrar).join();
    }

    private static String witness(ExecutorService notary) {
        return notary == null
                ? yours.join()
                : CompletableFuture.supplyAsync(Vows::sign, notary).thenApply(signed -> signed + " and sealed").join();
    }

    private static String sign() {
        return "signed";
    }
}
