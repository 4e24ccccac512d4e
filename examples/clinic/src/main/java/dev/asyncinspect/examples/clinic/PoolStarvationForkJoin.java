package dev.asyncinspect.examples.clinic;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

/** Weavers who wait for yarn that only a weaver of their own fork-join pool can spin, in a way the pool does not notice. */
final class PoolStarvationForkJoin implements Fault {

    @Override
    public String name() {
        return "pool-starvation-fork-join";
    }

    @Override
    public String about() {
        return "weavers in a ForkJoinPool who each wait for a FutureTask that lies in its queues";
    }

    @Override
    public Size size() {
        return Size.of("weavers in the pool", 2, 1, 1000);
    }

    @Override
    public void start(Ward ward) {
        int count = ward.size();
        List<Thread> weavers = new CopyOnWriteArrayList<>();
        AtomicInteger number = new AtomicInteger();
        ForkJoinPool mill = new ForkJoinPool(
                count,
                pool -> {
                    ForkJoinWorkerThread weaver = new Weaver(pool);
                    weaver.setName(ward.names().of("weaver", number.incrementAndGet()));
                    weavers.add(weaver);
                    return weaver;
                },
                null,
                true);
        Weaving weaving = new Weaving(mill, ward.meeting(count));
        for (int buyer = 1; buyer <= count; buyer++) {
            ward.hire("buyer", buyer, weaving::order, weaving::orderOfHelpers);
        }
        ward.settle(weavers);
        ward.settle();
    }

    private static final class Weaver extends ForkJoinWorkerThread {

        Weaver(ForkJoinPool pool) {
            super(pool);
        }
    }

    private record Weaving(ForkJoinPool mill, Meeting start) {

        String order() throws InterruptedException, ExecutionException {
            return mill.submit(this::cloth).get();
        }

        private String cloth() throws InterruptedException, ExecutionException {
            start.arrive();
            FutureTask<String> yarn = new FutureTask<>(this::spin);
            mill.execute(yarn);
            return "cloth of " + yarn.get();
        }

        /** Repaired: the yarn is a task of the pool, and who joins it spins it, or lets somebody do so. */
        String orderOfHelpers() throws InterruptedException, ExecutionException {
            return mill.submit(() -> "cloth of " + mill.submit(this::spin).join())
                    .get();
        }

        private String spin() {
            return "wool";
        }
    }
}
