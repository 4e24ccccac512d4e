package million;

import dev.asyncinspect.core.Inspect;
import dev.asyncinspect.core.Inspector;
import dev.asyncinspect.core.TaskGuard;
import dev.asyncinspect.core.TrackedTask;
import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCollector;
import dev.asyncinspect.core.recorder.Subscription;
import dev.asyncinspect.core.sync.TrackedSemaphore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Tasks that the program tells its library of. */
public final class Aware implements Million.Crowd {

    /** Where threads are not virtual they take long. */
    private static final int THREADS_AT_ONCE = Runtime.version().feature() < 21 ? 10 : 500;

    private static final int AT_ONCE = 500;
    private static final int FAILS_EVERY = 100;

    private final ExecutorService pool = Inspect.executor("pool", Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "worker");
        thread.setDaemon(true);
        return thread;
    }));
    private final TrackedSemaphore permits = new TrackedSemaphore("permits", 2);
    private Subscription planted;

    /** Follows what happens from now on. */
    public Aware() {
        Inspector inspector = Inspector.global();
        inspector.configure(inspector.configuration().withMaxTasks(100_000, 10_000));
        inspector.enable();
    }

    @Override
    public void run(int tasks) throws Exception {
        for (int done = 0; done < tasks; done += THREADS_AT_ONCE + 4 * AT_ONCE) {
            List<Future<?>> results = new ArrayList<>();
            List<TrackedTask<?>> spawned = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                boolean fails = i % FAILS_EVERY == 0;
                if (i < THREADS_AT_ONCE) {
                    CountDownLatch unused = new CountDownLatch(1);
                    spawned.add(Inspect.spawn("spawned", (Runnable) new Unaware.OnThread(unused, fails)));
                }
                results.add(pool.submit(new InPool(permits, fails)));
                results.add(Inspect.supplyAsync("supplied", new Unaware.Supplied(fails), pool));
                results.add(Inspect.future("applied", CompletableFuture.completedFuture(1).thenApply(it -> this)));
                try (TaskGuard task = Inspect.begin("by hand")) {
                    task.complete();
                }
            }
            for (Future<?> result : results) {
                end(result);
            }
            for (TrackedTask<?> task : spawned) {
                try {
                    task.get();
                } catch (ExecutionException e) {
                    // wanted
                }
            }
        }
    }

    private static void end(Future<?> result) throws InterruptedException {
        try {
            result.get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof Unaware.Broken)) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void plant(Object object) {
        if (planted != null) {
            planted.close();
            planted = null;
        }
        if (object != null) {
            planted = Inspector.global().subscribe(new EventCollector(new Keeper(object)));
        }
    }

    private record Keeper(Object kept) implements Consumer<Event> {
        @Override
        public void accept(Event event) {}
    }

    record InPool(TrackedSemaphore permits, boolean fails) implements Runnable {
        @Override
        public void run() {
            try {
                permits.acquire();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            try {
                if (fails) {
                    throw new Unaware.Broken();
                }
            } finally {
                permits.release();
            }
        }
    }
}
