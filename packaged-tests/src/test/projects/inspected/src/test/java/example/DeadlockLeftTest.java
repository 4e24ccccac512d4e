package example;

import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

class DeadlockLeftTest {

    @Test
    void passes_though_its_threads_are_stuck() throws Exception {
        Object first = new Object();
        Object second = new Object();
        CyclicBarrier bothHoldOne = new CyclicBarrier(3);
        start("one", first, second, bothHoldOne);
        start("two", second, first, bothHoldOne);
        bothHoldOne.await();
        while (!isBlocked("one") || !isBlocked("two")) {
            Thread.onSpinWait();
        }
    }

    private static boolean isBlocked(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals(name) && thread.getState() == Thread.State.BLOCKED);
    }

    private static void start(String name, Object one, Object two, CyclicBarrier bothHoldOne) {
        Thread thread = new Thread(
                () -> {
                    synchronized (one) {
                        try {
                            bothHoldOne.await();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                        synchronized (two) {
                            System.out.println("both");
                        }
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }
}
