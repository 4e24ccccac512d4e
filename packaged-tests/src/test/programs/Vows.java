import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Two work on a stage each, and each waits for the stage of the other; a third, alone in its pool, waits for a stage that is in its queue, and a
 * fourth, in another, for one that is derived from such a one; the only worker of a ForkJoinPool waits for a FutureTask that lies in its queue. Two whom a
 * ForkJoinPool runs wait for each other. One of two that have a thread each waits for the other. With "healthy" all of them wait for something else, and somebody completes that.
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
        ForkJoinPool choir = new ForkJoinPool(1);
        Future<String> hymn = choir.submit(() -> sing(healthy ? null : choir));
        List<Future<String>> guests = pair(new ForkJoinPool(2), healthy);
        ExecutorService hall = threadForEach();
        Future<String> speech = hall.submit(() -> dance(yours));
        guests.add(hall.submit(() -> applaud(speech)));
        both.countDown();
        System.out.println("invited");
        if (healthy) {
            yours.complete("I do");
            System.out.println(his.join() + hers.join() + wedding.join() + deed.get() + hymn.get());
            for (Future<String> guest : guests) {
                guest.get();
            }
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

    /** A future that was not made by the pool: the pool does not know that its worker waits. */
    private static String sing(ForkJoinPool choir) throws Exception {
        if (choir == null) {
            return yours.join();
        }
        FutureTask<String> refrain = new FutureTask<>(Vows::sign);
        choir.execute(refrain);
        return refrain.get();
    }

    private static List<Future<String>> pair(ExecutorService of, boolean healthy) {
        List<Future<String>> two = new ArrayList<>();
        CompletableFuture<Future<String>> second = new CompletableFuture<>();
        two.add(of.submit(() -> dance(healthy ? yours : second.join())));
        two.add(of.submit(() -> dance(healthy ? yours : two.get(0))));
        second.complete(two.get(1));
        return two;
    }

    private static String dance(Future<String> other) throws Exception {
        return other.get();
    }

    private static String applaud(Future<String> speech) throws Exception {
        return speech.get();
    }

    /** An executor that makes a thread for each task, where there is one; else one that makes its own. */
    private static ExecutorService threadForEach() throws Exception {
        try {
            return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException e) {
            return Executors.newCachedThreadPool(); // JDK 17
        }
    }

    private static String sign() {
        return "signed";
    }
}
