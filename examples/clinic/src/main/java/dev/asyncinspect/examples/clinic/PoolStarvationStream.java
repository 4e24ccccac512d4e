package dev.asyncinspect.examples.clinic;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Gardeners who go through the beds in a parallel stream, and wait at each for water that only a gardener fetches. */
final class PoolStarvationStream implements Fault {

    @Override
    public String name() {
        return "pool-starvation-stream";
    }

    @Override
    public String about() {
        return "a parallel stream whose steps wait for work in the queue of the pool that it runs in";
    }

    @Override
    public Size size() {
        return Size.of("gardeners in the pool, and beds", 2, 1, 64);
    }

    @Override
    public void start(Ward ward) {
        int count = ward.size();
        List<Thread> gardeners = new CopyOnWriteArrayList<>();
        AtomicInteger number = new AtomicInteger();
        ForkJoinPool garden = new ForkJoinPool(
                count,
                pool -> {
                    ForkJoinWorkerThread gardener = new Gardener(pool);
                    gardener.setName(ward.names().of("gardener", number.incrementAndGet()));
                    gardeners.add(gardener);
                    return gardener;
                },
                null,
                true);
        Watering watering = new Watering(garden, count, ward.meeting(count));
        ward.hire("head", 1, watering::tour, watering::tourWithHelp);
        ward.settle(gardeners);
        ward.settle();
    }

    private static final class Gardener extends ForkJoinWorkerThread {

        Gardener(ForkJoinPool pool) {
            super(pool);
        }
    }

    private record Watering(ForkJoinPool garden, int beds, Meeting start) {

        int tour() throws InterruptedException, ExecutionException {
            return garden.submit(() ->
                            IntStream.range(0, beds).parallel().map(this::water).sum())
                    .get();
        }

        private int water(int bed) {
            start.arrive();
            FutureTask<Integer> can = new FutureTask<>(() -> bed);
            garden.execute(can);
            try {
                return can.get();
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Repaired: the can is a task of the pool, and who joins it fetches it, or lets somebody do so. */
        int tourWithHelp() throws InterruptedException, ExecutionException {
            return garden.submit(() -> IntStream.range(0, beds)
                            .parallel()
                            .map(bed -> garden.submit(() -> bed).join())
                            .sum())
                    .get();
        }
    }
}
