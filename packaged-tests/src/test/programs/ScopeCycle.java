import java.util.concurrent.CountDownLatch;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A cook who keeps the key of the pantry and joins a scope whose forks need that key. With {@code healthy} the cook puts the key
 * back first, and with {@code timeout} the scope gives up after an hour.
 */
public final class ScopeCycle {

    public static void main(String[] args) throws Exception {
        ReentrantLock pantry = new ReentrantLock();
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch never = new CountDownLatch(1);
        String variant = args.length == 0 ? "" : args[0];
        Thread cook = Thread.ofPlatform().name("cook").daemon().start(() -> {
            pantry.lock();
            try (var kitchen = StructuredTaskScope.open(
                    StructuredTaskScope.Joiner.<Object>awaitAllSuccessfulOrThrow(),
                    settings -> variant.equals("timeout")
                            ? settings.withTimeout(java.time.Duration.ofHours(1))
                            : settings)) {
                for (int helper = 1; helper <= 2; helper++) {
                    String name = "helper-" + helper;
                    kitchen.fork(() -> {
                        Thread.currentThread().setName(name);
                        begun.countDown();
                        if (variant.equals("healthy")) {
                            never.await();
                        }
                        pantry.lock();
                        return null;
                    });
                }
                begun.await();
                kitchen.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        begun.await();
        while (cook.getState() != Thread.State.WAITING || (!variant.equals("healthy") && pantry.getQueueLength() < 2)) {
            Thread.sleep(5);
        }
        System.out.println("ready");
        System.in.read();
    }
}
