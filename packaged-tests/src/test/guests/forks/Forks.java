import dev.asyncinspect.core.Inspect;
import dev.asyncinspect.core.Inspector;
import dev.asyncinspect.core.TaskGuard;
import dev.asyncinspect.core.TaskInfo;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.StructuredTaskScope;

/** Names forks of a scope, of which one fails and one is no longer wanted then, and work of executors with virtual threads. */
public final class Forks {

    public static void main(String[] args) throws Exception {
        Inspector inspector = Inspector.global();
        inspector.enable();
        try (TaskGuard request = Inspect.begin("request")) {
            CountDownLatch bothRun = new CountDownLatch(2);
            try (var scope = StructuredTaskScope.open()) {
                scope.fork(Inspect.fork("price", () -> {
                    bothRun.await();
                    throw new IllegalStateException("sold out");
                }));
                scope.fork(Inspect.fork("stock", () -> {
                    bothRun.countDown();
                    Inspect.await("the answer of the store", () -> {
                        new CountDownLatch(1).await();
                        return null;
                    });
                    return 1;
                }));
                scope.fork(Inspect.fork("user", () -> {
                    Inspect.point("found");
                    bothRun.countDown();
                    return 2;
                }));
                scope.join();
            } catch (StructuredTaskScope.FailedException e) {
                Inspect.point("failed", e.getCause().getMessage());
            }
            try (ExecutorService each = Inspect.executor("mail", Executors.newVirtualThreadPerTaskExecutor())) {
                each.submit(() -> 1).get();
            }
            Thread thread = Inspect.threadFactory("clerk", Thread.ofVirtual().factory()).newThread(() -> {});
            thread.start();
            thread.join();
            request.complete();
        }
        long request = inspector.tasks().stream()
                .filter(task -> "request".equals(task.name()))
                .findAny()
                .orElseThrow()
                .id();
        inspector.tasks().stream()
                .map(task -> task.name() + " " + task.kind() + " " + task.state()
                        + (task.parentId() == request ? " of request" : "") + failure(task))
                .sorted()
                .forEach(System.out::println);
    }

    private static String failure(TaskInfo task) {
        return task.throwable() == null ? "" : " " + task.throwable();
    }
}
