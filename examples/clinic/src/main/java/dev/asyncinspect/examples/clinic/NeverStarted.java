package dev.asyncinspect.examples.clinic;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A copy shop that is full, and throws away without a word what does not fit on its counter. */
final class NeverStarted implements Fault {

    @Override
    public String name() {
        return "never-started";
    }

    @Override
    public String about() {
        return "students who wait for copies that a full copy shop has thrown away (DiscardPolicy)";
    }

    @Override
    public Size size() {
        return Size.of("students", 1, 1, 1000);
    }

    @Override
    public void start(Ward ward) throws InterruptedException {
        // Repaired: who finds the shop full makes the copies himself.
        CopyShop shop = new CopyShop(
                ward,
                ward.healthy() ? new ThreadPoolExecutor.CallerRunsPolicy() : new ThreadPoolExecutor.DiscardPolicy());
        shop.fill();
        for (int number = 1; number <= ward.size(); number++) {
            ward.hire("student", number, shop::copy, shop::copy);
        }
        ward.settle();
    }

    private static final class CopyShop {

        private final ThreadPoolExecutor machine;

        CopyShop(Ward ward, RejectedExecutionHandler whenFull) {
            machine = new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(1),
                    work -> ward.unstarted("copier", 1, work),
                    whenFull);
        }

        /** One big job in the machine, another one on the counter. */
        void fill() {
            machine.execute(CopyShop::printPhoneBook);
            machine.execute(CopyShop::printPhoneBook);
        }

        String copy() throws InterruptedException, ExecutionException {
            return machine.submit(() -> "ten pages").get();
        }

        private static void printPhoneBook() {
            try {
                while (true) {
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
