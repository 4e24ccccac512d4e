import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Two cooks, five dishes, one of which fails; with an argument, the last dish is never done. */
public final class Kitchen {

    public static void main(String[] args) throws Exception {
        ExecutorService cooks = Executors.newFixedThreadPool(2);
        for (int i = 1; i <= 5; i++) {
            int dish = i;
            cooks.submit(() -> {
                if (dish == 3) {
                    throw new IllegalStateException("no salt");
                }
                return dish;
            });
        }
        if (args.length > 0) {
            CountDownLatch salt = new CountDownLatch(1);
            cooks.submit(() -> {
                System.out.println("cooking");
                salt.await();
                return salt;
            });
            salt.await();
        }
        cooks.shutdown();
    }
}
