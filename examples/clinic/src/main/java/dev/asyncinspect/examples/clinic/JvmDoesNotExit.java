package dev.asyncinspect.examples.clinic;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A baker who has all bread baked and goes home, and whom nobody told to send the others home as well. */
final class JvmDoesNotExit implements Fault {

    @Override
    public String name() {
        return "jvm-does-not-exit";
    }

    @Override
    public String about() {
        return "bakers of a pool that nobody knows any more, who wait for ever, and the JVM with them";
    }

    @Override
    public Size size() {
        return Size.of("bakers", 2, 1, 1000);
    }

    @Override
    public boolean outlivesMain() {
        return true;
    }

    @Override
    public void start(Ward ward) throws InterruptedException, ExecutionException {
        if (ward.healthy()) {
            ward.work("owner", 1, () -> bake(ward, true));
            ward.awaitWorking();
        } else {
            ward.awaitBlocked(bake(ward, false));
        }
    }

    /** A day in the bakery, whose bakers are there at its end unless they are sent home. */
    private static List<Thread> bake(Ward ward, boolean sendHome) throws InterruptedException, ExecutionException {
        List<Thread> bakers = new ArrayList<>();
        ExecutorService bakery = Executors.newFixedThreadPool(ward.size(), work -> {
            Thread baker = new Thread(work, ward.names().of("baker", bakers.size() + 1));
            bakers.add(baker);
            return baker;
        });
        try {
            for (int loaf = 0; loaf < ward.size(); loaf++) {
                bakery.submit(() -> "bread").get();
            }
        } finally {
            if (sendHome) {
                bakery.shutdown();
            }
        }
        return bakers;
    }
}
