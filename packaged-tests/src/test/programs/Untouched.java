import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Uses what the hooks of a recording are in, once, and then only waits. */
public final class Untouched {

    public static void main(String[] arguments) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(1);
        pool.submit(() -> 1).get();
        java.util.concurrent.CompletableFuture.supplyAsync(() -> 1, pool).join();
        System.out.println("ready");
        System.in.read();
        pool.shutdown();
    }
}
