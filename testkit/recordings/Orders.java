import dev.asyncinspect.core.Configuration;
import dev.asyncinspect.core.Inspect;
import dev.asyncinspect.core.Inspector;
import dev.asyncinspect.core.Mode;
import dev.asyncinspect.core.recording.RecordingLimits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A shop with two clerks and six orders: one order finds its price missing and fails, one waits for a price that never comes.
 * Made the recording beside it: {@code java -cp core/target/classes testkit/recordings/Orders.java orders.air}
 */
public final class Orders {

    private final CompletableFuture<Integer> late = new CompletableFuture<>();
    private final CompletableFuture<Integer> never = new CompletableFuture<>();

    public static void main(String[] args) throws Exception {
        Inspector inspector = Inspector.global();
        inspector.configure(Configuration.of(Mode.DEBUG).withEnabled(true));
        try (var recording = inspector.record(Path.of(args[0]), RecordingLimits.DEFAULT)) {
            new Orders().open();
        }
        System.exit(0); // one clerk would wait for ever
    }

    private void open() throws Exception {
        ExecutorService clerks = Inspect.executor("clerks", Executors.newFixedThreadPool(2));
        List<Future<?>> orders = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            int number = i;
            orders.add(clerks.submit(() -> accept(number)));
        }
        orders.get(3).get();
        TimeUnit.MILLISECONDS.sleep(200);
        late.complete(7);
        orders.get(5).get();
        TimeUnit.MILLISECONDS.sleep(1500);
    }

    private int accept(int number) throws Exception {
        Inspect.point("accepted", "order " + number);
        work(40);
        if (number == 3) {
            throw new IllegalStateException("no price for order 3");
        }
        CompletableFuture<Integer> price = number == 2 ? late : number == 5 ? never : CompletableFuture.completedFuture(1);
        int paid = Inspect.await("price of the order", price);
        work(20);
        return paid;
    }

    private static void work(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
