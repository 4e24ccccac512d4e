package example;

import dev.asyncinspect.core.Inspect;
import dev.asyncinspect.core.Inspector;
import dev.asyncinspect.core.TaskGuard;
import dev.asyncinspect.core.TaskInfo;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Names its own work and says where it stands. Needs async-inspect-core and nothing else. */
public final class NameTasks {

    private NameTasks() {}

    public static void main(String[] args) throws Exception {
        Inspector inspector = Inspector.global();
        inspector.enable();

        ExecutorService clerks = Inspect.executor("clerk", Executors.newFixedThreadPool(2));
        Future<Integer> price = clerks.submit(() -> 42);
        try (TaskGuard order = Inspect.begin("order 4711")) {
            int paid = Inspect.await("price of the order", price);
            Inspect.point("paid", paid + " euro");
            order.complete();
        }
        clerks.shutdown();
        clerks.awaitTermination(1, TimeUnit.MINUTES);

        for (TaskInfo task : inspector.tasks()) {
            System.out.println(task.name() + ": " + task.state());
        }
    }
}
