import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A pool of two that has something small to do all the time, until its stdin is closed. */
public final class Courier {

    public static void main(String[] args) throws Exception {
        ExecutorService couriers = Executors.newFixedThreadPool(2, task -> {
            Thread courier = new Thread(task, "courier");
            courier.setDaemon(true);
            return courier;
        });
        Thread road = new Thread(() -> deliver(couriers), "road");
        road.setDaemon(true);
        road.start();
        System.out.println("on the road");
        while (System.in.read() >= 0) {
            // nobody says anything; the end of the input is ours
        }
    }

    private static void deliver(ExecutorService couriers) {
        try {
            while (true) {
                couriers.submit(() -> {
                            Thread.sleep(5);
                            return null;
                        })
                        .get();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
