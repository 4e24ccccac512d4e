package dev.asyncinspect.examples.clinic;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Printers who hand all the pages of a book to their own, fully busy workshop and wait until every page is there. */
final class PoolStarvationInvokeAll implements Fault {

    @Override
    public String name() {
        return "pool-starvation-invoke-all";
    }

    @Override
    public String about() {
        return "printers who call invokeAll on their own pool from inside it, all at once";
    }

    @Override
    public Size size() {
        return Size.of("printers in the pool", 2, 1, 1000);
    }

    @Override
    public void start(Ward ward) {
        int count = ward.size();
        Crew workshop = ward.crew("printer", count);
        // Repaired: pages are printed by somebody else.
        Crew pages = ward.healthy() ? ward.crew("apprentice", count) : workshop;
        Workshop printing = new Workshop(workshop.pool(), pages.pool(), ward.meeting(count));
        for (int number = 1; number <= count; number++) {
            ward.hire("reader", number, printing::order, printing::order);
        }
        ward.settle(workshop.threads());
        ward.settle();
    }

    private record Workshop(ExecutorService printers, ExecutorService pages, Meeting rush) {

        int order() throws InterruptedException, ExecutionException {
            return printers.submit(this::book).get();
        }

        private int book() throws InterruptedException, ExecutionException {
            rush.arrive();
            Callable<Integer> page = () -> 1;
            int printed = 0;
            for (Future<Integer> done : pages.invokeAll(List.of(page, page, page))) {
                printed += done.get();
            }
            return printed;
        }
    }
}
