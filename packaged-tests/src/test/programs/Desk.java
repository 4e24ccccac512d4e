import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A desk that has its customer in a scoped value, and hands work to others: some of it needs the customer and does not get it. */
public final class Desk {

    private static final ScopedValue<String> CUSTOMER = ScopedValue.newInstance();
    private static final ScopedValue<String> COUPON = ScopedValue.newInstance();

    private Desk() {}

    public static void main(String[] args) throws Exception {
        ExecutorService clerk = Executors.newFixedThreadPool(1);
        clerk.submit(Desk::strangerPays); // without any customer
        Thread[] doorman = new Thread[1];
        ScopedValue.where(CUSTOMER, "Ann Smith").where(COUPON, "half-price").run(() -> {
            clerk.submit(Desk::pay);
            CompletableFuture.supplyAsync(Desk::greet, clerk).join();
            clerk.submit(Desk::asks);
            String customer = CUSTOMER.get();
            clerk.submit(() -> ScopedValue.where(CUSTOMER, customer).run(Desk::paysBound));
            forks();
            doorman[0] = new Thread(Desk::opens, "doorman");
            doorman[0].setUncaughtExceptionHandler((thread, failure) -> {});
            doorman[0].start();
        });
        doorman[0].join();
        CountDownLatch last = new CountDownLatch(1);
        clerk.execute(last::countDown);
        last.await();
        System.out.println("served");
        System.in.read();
        clerk.shutdown();
    }

    private static String pay() {
        return CUSTOMER.get();
    }

    private static String strangerPays() {
        return CUSTOMER.get();
    }

    private static void paysBound() {
        CUSTOMER.get();
    }

    private static void opens() {
        CUSTOMER.get();
    }

    private static String greet() {
        try {
            return COUPON.get();
        } catch (NoSuchElementException e) {
            return "full price";
        }
    }

    private static boolean asks() {
        return CUSTOMER.isBound() || CUSTOMER.orElse("nobody").isEmpty();
    }

    /** Forks inherit what is bound. The scope is made as this JDK has it. */
    private static void forks() {
        try {
            Class<?> type = Class.forName("java.util.concurrent.StructuredTaskScope");
            try (AutoCloseable scope = (AutoCloseable)
                    (type.isInterface() ? type.getMethod("open").invoke(null) : type.getConstructor().newInstance())) {
                type.getMethod("fork", Callable.class).invoke(scope, (Callable<String>) Desk::inherits);
                type.getMethod("join").invoke(scope);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String inherits() {
        return CUSTOMER.get();
    }
}
