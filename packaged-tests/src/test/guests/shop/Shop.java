import dev.asyncinspect.core.Inspect;
import dev.asyncinspect.core.Inspector;
import dev.asyncinspect.core.TaskGuard;
import dev.asyncinspect.core.TaskInfo;
import dev.asyncinspect.core.TaskState;
import dev.asyncinspect.core.Trace;
import dev.asyncinspect.core.TrackedTask;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A shop that names its tasks by a library that it ships. Does what it is told, a word a line, and says what it knows of it. */
public final class Shop {

    private static final ExecutorService CLERKS = Inspect.executor("clerk", Executors.newFixedThreadPool(1));

    private static CompletableFuture<Integer> price = new CompletableFuture<>();
    private static TrackedTask<Integer> order;
    private static TaskGuard old;
    private static volatile Thread buyer;

    public static void main(String[] args) throws Exception {
        System.out.println("ready");
        Scanner words = new Scanner(System.in);
        while (words.hasNextLine()) {
            String word = words.nextLine();
            System.out.println("did " + word + tell(word));
        }
        CLERKS.shutdown();
    }

    private static String tell(String word) throws Exception {
        switch (word.split("-")[0]) { // what is done twice has a number
            case "open": // its own recorder, and a task that stays open
                Inspector.global().enable();
                old = Inspect.task("old");
                return " " + old.taskId();
            case "close":
                old.complete();
                return "";
            case "order":
                return order();
            case "pay":
                price.complete(3);
                return " " + order.get(1, TimeUnit.MINUTES);
            case "known":
                List<TaskInfo> tasks = Inspector.global().tasks();
                long ids = tasks.stream().map(TaskInfo::id).distinct().count();
                long over = tasks.stream().filter(task -> task.state() == TaskState.COMPLETED).count();
                return " " + (Inspector.global().isEnabled() ? 1 : 0) + " " + tasks.size() + " " + ids + " " + over;
            default:
                throw new IllegalArgumentException(word);
        }
    }

    /** Until it waits for the price; its id. */
    private static String order() throws Exception {
        price = new CompletableFuture<>();
        buyer = null;
        order = Inspect.spawn("order", () -> {
            int stock = CLERKS.submit(() -> rest(4)).get();
            buyer = Thread.currentThread();
            return load(CompletableFuture.completedFuture(stock), price);
        });
        while (buyer == null || buyer.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return " " + order.taskId();
    }

    @Trace
    private static int load(CompletableFuture<Integer> stock, CompletableFuture<Integer> price) {
        int left = stock.join();
        return left + price.join();
    }

    @Trace
    private static int rest(int stock) throws InterruptedException {
        Thread.sleep(1);
        return stock;
    }
}
