package dev.asyncinspect.examples.clinic;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/** Translators who hand a page of their chapter back to their own, fully busy bureau and join it. */
final class PoolStarvationCf implements Fault {

    @Override
    public String name() {
        return "pool-starvation-cf";
    }

    @Override
    public String about() {
        return "translators who supplyAsync a page to their own pool and join() it, all at once (CompletableFuture)";
    }

    @Override
    public Size size() {
        return Size.of("translators in the pool", 2, 1, 1000);
    }

    @Override
    public void start(Ward ward) {
        int count = ward.size();
        Crew bureau = ward.crew("translator", count);
        Translation translation = new Translation(bureau.pool(), ward.meeting(count));
        for (int number = 1; number <= count; number++) {
            ward.hire("author", number, translation::book, translation::bookInStages);
        }
        ward.settle(bureau.threads());
        ward.settle();
    }

    private record Translation(ExecutorService bureau, Meeting deadline) {

        String book() {
            return CompletableFuture.supplyAsync(this::chapter, bureau).join();
        }

        /** Repaired: the chapter is composed when its page is there, and nobody waits in the bureau. */
        String bookInStages() {
            return CompletableFuture.supplyAsync(this::page, bureau)
                    .thenApply(page -> "Chapter 1: " + page)
                    .join();
        }

        private String chapter() {
            deadline.arrive();
            return "Chapter 1: "
                    + CompletableFuture.supplyAsync(this::page, bureau).join();
        }

        private String page() {
            return "It was a dark and stormy night";
        }
    }
}
