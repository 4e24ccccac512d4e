package example;

import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

class LockedTest {

    @Test
    void is_itself_in_a_deadlock_of_monitors() throws Exception {
        Object first = new Object();
        Object second = new Object();
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);
        Thread other = new Thread(() -> lockBoth(second, first, bothHoldOne), "other");
        other.setDaemon(true);
        other.start();
        lockBoth(first, second, bothHoldOne);
    }

    private static void lockBoth(Object one, Object two, CyclicBarrier bothHoldOne) {
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
    }
}
