package dev.asyncinspect.examples.clinic;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** Something slow that somebody else does: orders go out, one messenger carries them out one after the other. */
final class Errand {

    /** Longer than the clinic lives: the messenger is on his way, but nobody here will see him return. */
    private static final Duration FAR = Duration.ofMinutes(15);

    private static final Duration NEAR = Duration.ofMillis(2);

    private final BlockingQueue<CompletableFuture<String>> orders = new LinkedBlockingQueue<>();
    private final Duration way;

    private Errand(Duration way) {
        this.way = way;
    }

    /** Hires the messenger: a slow one for the sick version, a quick one for the healthy twin. */
    static Errand by(String messenger, Ward ward) {
        Errand errand = new Errand(ward.healthy() ? NEAR : FAR);
        ward.start(messenger, 1, errand::carry);
        return errand;
    }

    /** What will be brought. */
    CompletableFuture<String> order() {
        CompletableFuture<String> brought = new CompletableFuture<>();
        orders.add(brought);
        return brought;
    }

    private void carry() throws InterruptedException {
        while (true) {
            CompletableFuture<String> order = orders.take();
            Thread.sleep(way.toMillis());
            order.complete("as ordered");
        }
    }
}
